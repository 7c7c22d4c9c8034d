package io.sluice.examples.bench.load;

import io.sluice.examples.bench.wire.BenchException;
import io.sluice.examples.bench.wire.Connection;
import io.sluice.protocol.Command;
import io.sluice.protocol.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.HdrHistogram.Histogram;

/** Finishes every message at once: reads what has come, then sends the FINs of all in one write. */
public final class Consumer implements Crew.Work {
    private static final byte[] FIN = "FIN ".getBytes(StandardCharsets.US_ASCII);
    private static final int FIN_LENGTH = 4 + 16 + 1;
    private static final int ID_OFFSET = 8 + 2;
    private static final int BODY_OFFSET = Message.HEADER_LENGTH;
    private static final int FRAME_PREFIX = 8;
    private static final long LONGEST_LATENCY_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final Connection connection;
    private final int readyCount;
    private final int frameLength;
    private final Receipts receipts;
    private final Progress received;
    private final Histogram latencyNs = new Histogram(LONGEST_LATENCY_NS, DIGITS);

    /**
     * A consumer on a connection that has subscribed.
     *
     * @param readyCount RDY: the most messages that may be in flight
     * @param bodySize of every message
     */
    Consumer(
            Connection connection,
            int readyCount,
            int bodySize,
            Receipts receipts,
            Progress received) {
        this.connection = connection;
        this.readyCount = readyCount;
        frameLength = frameLength(bodySize);
        this.receipts = receipts;
        this.received = received;
    }

    /** Bytes of a message frame with a body of this size. */
    public static int frameLength(int bodySize) {
        return FRAME_PREFIX + Message.HEADER_LENGTH + bodySize;
    }

    @Override
    public void run() throws IOException {
        connection.send(new Command.Rdy(readyCount));
        connection.flush();
        while (finishOneRead()) continue;
    }

    /** False when the daemon has answered CLS. */
    private boolean finishOneRead() throws IOException {
        connection.receive();
        long arrivedNs = System.nanoTime();
        int inFlight = 0; // all that came before was finished before this read
        boolean closing = false;
        while (connection.next()) {
            if (connection.isMessage() && !closing) {
                if (++inFlight > readyCount) throw tooMany(inFlight);
                take(arrivedNs);
            } else if (connection.isCloseWait()) {
                closing = true;
            } else {
                throw connection.unexpected();
            }
        }
        connection.flush();
        received.add(inFlight);
        return !closing;
    }

    private BenchException tooMany(int inFlight) {
        return new BenchException(inFlight + " messages are in flight, RDY is " + readyCount);
    }

    private void take(long arrivedNs) throws IOException {
        if (connection.frameLength() != frameLength) throw connection.unexpected();
        receipts.add(connection.dataLong(BODY_OFFSET));
        long intendedNs = connection.dataLong(BODY_OFFSET + Long.BYTES);
        if (intendedNs != 0) {
            latencyNs.recordValue(Math.min(arrivedNs - intendedNs, LONGEST_LATENCY_NS));
        }
        connection
                .room(FIN_LENGTH)
                .put(FIN)
                .putLong(connection.dataLong(ID_OFFSET))
                .putLong(connection.dataLong(ID_OFFSET + Long.BYTES))
                .put((byte) '\n');
    }

    Connection connection() {
        return connection;
    }

    Receipts receipts() {
        return receipts;
    }

    /** From the intended send time in the bodies to the arrival here. */
    Histogram latencyNs() {
        return latencyNs;
    }
}
