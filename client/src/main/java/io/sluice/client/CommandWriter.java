package io.sluice.client;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes what an {@link Outbox} holds: on a thread of its own, or on the one that reads, where that
 * thread never has to wait for the daemon.
 */
final class CommandWriter {
    /**
     * The daemon has read all answers but those to what it counts as in flight. So many of them fit
     * into 8 KiB, which every system's socket takes at once.
     */
    private static final int MAX_IN_FLIGHT = 256;

    private static final int MAX_NOW_BYTES = 8 * 1024;

    private final NsqdConnection to;
    private final Outbox outbox;
    private final boolean readerMayWrite;
    private final ReentrantLock writing = new ReentrantLock();

    /** A writer for a consumer of at most {@code maxInFlight} messages at a time. */
    CommandWriter(NsqdConnection to, Outbox outbox, int maxInFlight) {
        this.to = to;
        this.outbox = outbox;
        readerMayWrite = maxInFlight <= MAX_IN_FLIGHT;
    }

    /** Own thread: writes until the outbox ends, and tells the daemon that no more comes. */
    void run() {
        try {
            while (outbox.await()) {
                writing.lock();
                write(Integer.MAX_VALUE);
            }
            // The daemon reads on to the end of our answers, and then closes for its part.
            to.endOutput();
        } catch (IOException | InterruptedException e) {
            Log.LOGGER.log(Level.DEBUG, "writing to " + to.address() + ": " + e.getMessage());
            to.close();
        }
    }

    /**
     * Reader: has written what was added so far, at once if it can. It must not wait for a write
     * that is stuck, as it is the reader who notices that.
     */
    void writeNow() throws IOException {
        if (readerMayWrite && writing.tryLock()) write(MAX_NOW_BYTES);
        outbox.wake();
    }

    /** With the lock, which it gives back. */
    private void write(int maxBytes) throws IOException {
        try {
            ByteBuffer bytes = outbox.take(maxBytes);
            if (!bytes.hasRemaining()) return;
            to.write(bytes);
            to.flush();
        } finally {
            writing.unlock();
        }
    }
}
