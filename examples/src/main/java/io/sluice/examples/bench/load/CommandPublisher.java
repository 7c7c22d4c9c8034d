package io.sluice.examples.bench.load;

import io.sluice.examples.bench.wire.Connection;
import io.sluice.examples.bench.wire.PublishCommand;
import java.io.IOException;

/**
 * Publishes by PUB or MPUB. It refills its window when half of it is free: a system call then
 * carries many commands, unless they are large, which keeps the generator cheap.
 */
final class CommandPublisher implements Publisher {
    /** From here on a copy costs more than a system call. */
    private static final int LARGE = 32 * 1024;

    private final Connection connection;
    private final PublishCommand command;
    private final int window;
    private final Numbers numbers;
    private final Progress acknowledged;

    /**
     * A publisher that has sent nothing yet.
     *
     * @param window commands without an answer, at most
     * @param numbers the numbers its messages may have
     */
    CommandPublisher(
            Connection connection,
            PublishCommand command,
            int window,
            Numbers numbers,
            Progress acknowledged) {
        this.connection = connection;
        this.command = command;
        this.window = window;
        this.numbers = numbers;
        this.acknowledged = acknowledged;
    }

    @Override
    public void publish(long untilNs) throws IOException {
        int outstanding = 0;
        while (numbers.has(command.batch()) && System.nanoTime() < untilNs) {
            for (; outstanding < window && numbers.has(command.batch()); outstanding++) {
                send(numbers.take(command.batch()));
            }
            connection.flush();
            outstanding = awaitAnswers(outstanding, window / 2);
        }
        awaitAnswers(outstanding, 0);
    }

    private void send(int firstNumber) throws IOException {
        if (command.length() < LARGE) {
            command.put(connection.room(command.length()), firstNumber, 0);
        } else {
            connection.write(command.whole(firstNumber, 0));
        }
    }

    private int awaitAnswers(int outstanding, int atMost) throws IOException {
        int left = outstanding;
        while (left > atMost) {
            connection.receive();
            int before = left;
            for (; connection.next(); left--) {
                if (left == 0 || !connection.isOk()) throw connection.unexpected();
            }
            acknowledged.add((long) (before - left) * command.batch());
        }
        return left;
    }
}
