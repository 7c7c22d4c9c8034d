package io.sluice.nsqd.net;

import io.sluice.protocol.BodyArrays;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes that have come and are not decoded yet. They are decoded where the network put them; only
 * the rest of a command that has not come whole is copied together.
 *
 * <p>The largest command bounds what is kept: the decoder refuses a longer one at its size.
 */
final class InputBuffer {
    /** What is said to come counts up to so many times of what has come: it is only a claim. */
    private static final int TRUST = 16;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final BodyArrays arrays;

    private ByteBuffer unread = NOTHING;

    /** The same as {@link #unread} when that was allocated here and may be appended to. */
    private ByteBuffer own;

    private int expected;

    /** What came behind the end of what is expected. */
    private final Deque<ByteBuffer> behind = new ArrayDeque<>(1);

    InputBuffer(BodyArrays arrays) {
        this.arrays = arrays;
    }

    void add(Buffer chunk) {
        add(((BufferInternal) chunk).getByteBuf().nioBuffer());
    }

    void add(ByteBuffer more) {
        if (!behind.isEmpty()) behind.add(more);
        else if (!unread.hasRemaining()) unread = more;
        else appendExpected(more);
    }

    /** Only what belongs to what was begun is copied together. */
    private void appendExpected(ByteBuffer more) {
        int missing = expected - unread.remaining();
        if (missing > 0 && missing < more.remaining()) {
            behind.add(more.slice(more.position() + missing, more.remaining() - missing));
            more.limit(more.position() + missing);
        }
        append(more);
    }

    private void append(ByteBuffer more) {
        int length = unread.remaining() + more.remaining();
        if (unread != own || own.capacity() - own.limit() < more.remaining()) {
            own = room(capacity(length)).put(unread).flip();
            unread = own;
        }
        int start = own.position();
        int end = own.limit();
        own.limit(end + more.remaining()).position(end);
        own.put(more).position(start);
    }

    private ByteBuffer room(int bytes) {
        if (bytes < BodyArrays.LONG) return ByteBuffer.allocate(bytes);
        return ByteBuffer.wrap(arrays.atLeast(bytes));
    }

    /** As much as is expected, or else doubled: a body of many chunks is not copied for each. */
    private int capacity(int length) {
        if (expected >= length) return (int) Math.min(expected, (long) TRUST * length);
        return Math.max(length, 2 * unread.remaining());
    }

    /** What is there will be so many bytes in the end, as far as known. */
    void expect(int bytes) {
        expected = bytes;
    }

    /** Goes on to what has come behind what was expected; false when there is nothing. */
    boolean advance() {
        if (behind.isEmpty()) return false;
        ByteBuffer next = behind.remove();
        // It was no more than a part of it: what was said of its size does not hold.
        if (unread.hasRemaining()) append(next);
        else unread = next;
        return true;
    }

    /** What is there to decode; the decoder moves it on. */
    ByteBuffer unread() {
        return unread;
    }

    /** Lets go of memory that holds nothing. */
    void trim() {
        if (!unread.hasRemaining() && behind.isEmpty()) clear();
    }

    /** What was added last may be written to from now on: what of it is left is copied. */
    void keep() {
        trim();
        if (unread != own && unread.hasRemaining()) append(NOTHING);
        if (!behind.isEmpty()) behind.add(copy(behind.removeLast()));
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    /** Forgets what has come. */
    void clear() {
        unread = NOTHING;
        own = null;
        expected = 0;
        behind.clear();
    }
}
