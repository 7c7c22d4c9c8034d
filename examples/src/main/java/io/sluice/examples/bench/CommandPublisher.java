package io.sluice.examples.bench;

import java.io.IOException;

/**
 * Publishes by PUB or MPUB. It refills its window when half of it is free: a system call then
 * carries many commands, which keeps the generator cheap.
 */
final class CommandPublisher implements Publisher {
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
                int first = numbers.take(command.batch());
                command.put(connection.room(command.length()), first, 0);
            }
            connection.flush();
            outstanding = awaitAnswers(outstanding, window / 2);
        }
        awaitAnswers(outstanding, 0);
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
