package io.sluice.examples.bench.load;

import io.sluice.examples.bench.wire.Connection;
import io.sluice.examples.bench.wire.PublishCommand;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Publishes by a schedule and never waits for an answer before it sends. A message that goes out
 * late, because the daemon or this thread was slow, still carries its intended time: a pause counts
 * for all the messages it held up.
 */
public final class OpenLoopPublisher implements Crew.Work {
    private static final int DIGITS = 3;

    private final Connection connection;
    private final PublishCommand command;
    private final Schedule schedule;
    private final Numbers numbers;
    private final Progress acknowledged;
    private final Histogram latenessNs = new Histogram(DIGITS);
    private int answers;

    /** A publisher of the messages in {@code numbers}, which start at 0, all of them. */
    public OpenLoopPublisher(
            Connection connection,
            PublishCommand command,
            Schedule schedule,
            Numbers numbers,
            Progress acknowledged) {
        this.connection = connection;
        this.command = command;
        this.schedule = schedule;
        this.numbers = numbers;
        this.acknowledged = acknowledged;
    }

    @Override
    public void run() throws IOException {
        connection.blocking(false);
        while (numbers.has(1)) {
            long nowNs = System.nanoTime();
            long due = schedule.dueBy(nowNs);
            while (numbers.used() < due && numbers.has(1) && connection.hasRoom(command.length())) {
                send(nowNs);
            }
            connection.flush();
            receiveAnswers();
            long waitNs = schedule.intendedNs(numbers.used()) - System.nanoTime();
            if (waitNs > 0) LockSupport.parkNanos(waitNs);
        }
        connection.blocking(true);
        connection.flush();
        while (answers < numbers.used()) receiveAnswers();
    }

    private void send(long nowNs) throws IOException {
        int number = numbers.take(1);
        long intendedNs = schedule.intendedNs(number);
        latenessNs.recordValue(nowNs - intendedNs);
        command.put(connection.room(command.length()), number, intendedNs);
    }

    private void receiveAnswers() throws IOException {
        connection.receive();
        int before = answers;
        for (; connection.next(); answers++) {
            if (!connection.isOk()) throw connection.unexpected();
        }
        acknowledged.add(answers - before);
    }

    /** From the intended time of a message to its write: what this thread adds to a latency. */
    public Histogram latenessNs() {
        return latenessNs;
    }
}
