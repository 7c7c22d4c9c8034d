package io.sluice.examples.bench.load;

import io.sluice.examples.bench.wire.BenchException;
import io.sluice.examples.bench.wire.Connection;
import io.sluice.protocol.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Requeues every message some times, then finishes it, and notes how late each comes back. */
public final class Requeuer implements Crew.Work {
    private static final byte[] FIN = "FIN ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REQ = "REQ ".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_COMMAND = 64;
    private static final int ID_OFFSET = Long.BYTES + Short.BYTES;
    private static final int BODY_OFFSET = ID_OFFSET + 2 * Long.BYTES;
    private static final int DIGITS = 3;

    /** Clocks tick, and a daemon need not have the same one. */
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Connection connection;
    private final int readyCount;
    private final int times;
    private final long delayNs;
    private final byte[] endOfReq;
    private final int[] attempts;
    private final long[] dueNs;
    private final Progress received;
    private final Histogram latenessNs = new Histogram(DIGITS);

    /**
     * On a connection that has subscribed.
     *
     * @param messages limit of the numbers that messages may have
     */
    public Requeuer(
            Connection connection,
            int readyCount,
            int times,
            Duration delay,
            int messages,
            Progress received) {
        this.connection = connection;
        this.readyCount = readyCount;
        this.times = times;
        delayNs = delay.toNanos();
        endOfReq = (" " + delay.toMillis() + "\n").getBytes(StandardCharsets.US_ASCII);
        attempts = new int[messages];
        dueNs = new long[messages];
        this.received = received;
    }

    @Override
    public void run() throws IOException {
        connection.send(new Command.Rdy(readyCount));
        connection.flush();
        while (answerOneRead()) continue;
    }

    /** False when the daemon has answered CLS. */
    private boolean answerOneRead() throws IOException {
        connection.receive();
        long arrivedNs = System.nanoTime();
        int count = 0;
        boolean closing = false;
        while (connection.next()) {
            if (connection.isMessage() && !closing) {
                take(arrivedNs);
                count++;
            } else if (connection.isCloseWait()) {
                closing = true;
            } else {
                throw connection.unexpected();
            }
        }
        connection.flush();
        received.add(count);
        return !closing;
    }

    private void take(long arrivedNs) throws IOException {
        long number = connection.dataLong(BODY_OFFSET);
        if (number < 0 || number >= attempts.length) throw connection.unexpected();
        int index = (int) number;
        attempts[index]++;
        checkAttempts(index);
        if (attempts[index] > 1) noteLateness(index, arrivedNs);
        boolean last = attempts[index] > times;
        ByteBuffer out = connection.room(LONGEST_COMMAND);
        out.put(last ? FIN : REQ)
                .putLong(connection.dataLong(ID_OFFSET))
                .putLong(connection.dataLong(ID_OFFSET + Long.BYTES));
        if (last) out.put((byte) '\n');
        else out.put(endOfReq);
        dueNs[index] = System.nanoTime() + delayNs;
    }

    private void checkAttempts(int index) {
        int said = (int) connection.dataLong(ID_OFFSET - Long.BYTES) & 0xffff;
        if (said == attempts[index] && said <= times + 1) return;
        throw new BenchException(
                String.format(
                        "message %d came for the %d. time as attempt %d, of %d",
                        index, attempts[index], said, times + 1));
    }

    private void noteLateness(int index, long arrivedNs) {
        long lateNs = arrivedNs - dueNs[index];
        if (lateNs < -TICK_NS) {
            throw new BenchException("message " + index + " came " + -lateNs + " ns too early");
        }
        latenessNs.recordValue(Math.max(0, lateNs));
    }

    /** From the time at which a requeued message was due to its arrival here. */
    public Histogram latenessNs() {
        return latenessNs;
    }
}
