package io.sluice.nsqd.net;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;

/**
 * Bytes that have come and are not decoded yet. They are decoded where the network put them; only
 * the rest of a command that has not come whole is copied together.
 *
 * <p>The largest command bounds what is kept: the decoder refuses a longer one at its size.
 */
final class InputBuffer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer unread = NOTHING;

    /** The same as {@link #unread} when that was allocated here and may be appended to. */
    private ByteBuffer own;

    void add(Buffer chunk) {
        add(((BufferInternal) chunk).getByteBuf().nioBuffer());
    }

    void add(ByteBuffer more) {
        if (!unread.hasRemaining()) unread = more;
        else append(more);
    }

    private void append(ByteBuffer more) {
        int length = unread.remaining() + more.remaining();
        if (unread != own || own.capacity() - own.limit() < more.remaining()) {
            // Doubled, so that a body of many chunks is not copied once for each of them.
            own = ByteBuffer.allocate(Math.max(length, 2 * unread.remaining())).put(unread).flip();
            unread = own;
        }
        int start = own.position();
        int end = own.limit();
        own.limit(end + more.remaining()).position(end);
        own.put(more).position(start);
    }

    /** What is there to decode; the decoder moves it on. */
    ByteBuffer unread() {
        return unread;
    }

    /** Lets go of memory that holds nothing. */
    void trim() {
        if (!unread.hasRemaining()) clear();
    }

    /** Forgets what has come. */
    void clear() {
        unread = NOTHING;
        own = null;
    }
}
