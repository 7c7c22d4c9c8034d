package io.sluice.client;

import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import java.nio.ByteBuffer;

/** Commands on their way to a daemon: any thread adds, one at a time takes all there are. */
final class Outbox {
    /** A daemon that lets this much pile up does not read; in flight there is never that much. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final int FIRST_BYTES = 4 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer adding = ByteBuffer.allocate(FIRST_BYTES);
    private ByteBuffer taken = ByteBuffer.allocate(FIRST_BYTES);
    private boolean due;
    private boolean ended;

    /**
     * Adds a command, unless this has ended; false when the daemon lets too much pile up.
     *
     * @param now whether it is due at once, else with the next {@link #wake}
     */
    synchronized boolean add(Command command, boolean now) {
        if (ended) return true;
        ByteBuffer bytes = CommandEncoder.encode(command);
        if (adding.position() + bytes.remaining() > MAX_BYTES) return false;
        if (adding.remaining() < bytes.remaining()) {
            int size = Math.max(2 * adding.capacity(), adding.position() + bytes.remaining());
            adding = ByteBuffer.allocate(size).put(adding.flip());
        }
        adding.put(bytes);
        if (now) wake();
        return true;
    }

    /** What was added is due. */
    synchronized void wake() {
        if (due || adding.position() == 0) return;
        due = true;
        notifyAll();
    }

    /** Waits until something is due; false after the {@link #end}. */
    synchronized boolean await() throws InterruptedException {
        while (!due && !ended) wait();
        return due || adding.position() > 0;
    }

    /** Takes all there is, nothing if that is more than the limit. Valid until the next call. */
    synchronized ByteBuffer take(int maxBytes) {
        if (adding.position() > maxBytes) return NOTHING;
        ByteBuffer full = adding.flip();
        adding = taken.clear();
        taken = full;
        due = false;
        return full;
    }

    /** Takes no more commands; those it has go out. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
