package io.sluice.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies the bodies of a batch. Small ones lie in arrays that they share: a batch is then a few
 * objects and not one for each body. A shared array stays as long as one of its bodies does, and is
 * small for that reason; whoever keeps a body for long takes {@link Bytes#alone}.
 */
public final class BodyBatch {
    private static final int SHARED = 8 * 1024;
    private static final int SMALL = SHARED / 8;

    private final List<Bytes> bodies;
    private final BodyArrays arrays;
    private int left;
    private byte[] shared = {};
    private int used;

    /**
     * An empty one.
     *
     * @param count of bodies that will come, as far as known
     * @param bytes that they have together, at the most
     */
    public BodyBatch(int count, int bytes) {
        this(count, bytes, BodyArrays.NEW);
    }

    /** The same, which copies long bodies into {@code arrays}. */
    BodyBatch(int count, int bytes, BodyArrays arrays) {
        this.arrays = arrays;
        this.bodies = new ArrayList<>(count);
        this.left = bytes;
    }

    /** Copies the next {@code length} bytes as a body and moves {@code in} past them. */
    public void take(ByteBuffer in, int length) {
        bodies.add(length > SMALL ? arrays.copy(in, length) : share(in, length));
        left -= length;
    }

    private Bytes share(ByteBuffer in, int length) {
        if (shared.length - used < length) {
            shared = new byte[Math.min(SHARED, left)];
            used = 0;
        }
        in.get(shared, used, length);
        Bytes body = Bytes.part(shared, used, length);
        used += length;
        return body;
    }

    /** Those that have come. */
    public List<Bytes> bodies() {
        return bodies;
    }
}
