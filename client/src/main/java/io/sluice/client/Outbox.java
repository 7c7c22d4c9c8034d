package io.sluice.client;

import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import java.nio.ByteBuffer;

/** Commands on their way to a daemon: any thread adds, one takes all there are and writes them. */
final class Outbox {
    /** A daemon that lets this much pile up does not read; in flight there is never that much. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final int FIRST_BYTES = 4 * 1024;

    private ByteBuffer adding = ByteBuffer.allocate(FIRST_BYTES);
    private ByteBuffer taken = ByteBuffer.allocate(FIRST_BYTES);
    private boolean ended;

    /** Adds a command, unless this has ended; false when the daemon lets too much pile up. */
    synchronized boolean add(Command command) {
        if (ended) return true;
        ByteBuffer bytes = CommandEncoder.encode(command);
        if (adding.position() + bytes.remaining() > MAX_BYTES) return false;
        if (adding.remaining() < bytes.remaining()) {
            int size = Math.max(2 * adding.capacity(), adding.position() + bytes.remaining());
            adding = ByteBuffer.allocate(size).put(adding.flip());
        }
        adding.put(bytes);
        notifyAll();
        return true;
    }

    /** Waits for commands; null after the {@link #end}. Valid until the next call. */
    synchronized ByteBuffer take() throws InterruptedException {
        while (adding.position() == 0 && !ended) wait();
        if (adding.position() == 0) return null;
        ByteBuffer full = adding.flip();
        adding = taken.clear();
        taken = full;
        return full;
    }

    /** Takes no more commands; those it has go out. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
