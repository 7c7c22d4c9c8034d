package io.sluice.protocol;

import java.nio.ByteBuffer;

/** Where the arrays of long bodies come from. */
@FunctionalInterface
public interface BodyArrays {
    /** From so many bytes on a body is long: one that is in an array of its own. */
    int LONG = 16 * 1024;

    /** New ones, which are let go of to the collector. */
    BodyArrays NEW = byte[]::new;

    /**
     * An array of this length or up to an eighth longer, with anything in it; nobody else has it.
     */
    byte[] atLeast(int length);

    /** Copies the next {@code length} bytes and moves {@code in} past them. */
    default Bytes copy(ByteBuffer in, int length) {
        if (length < LONG) return Bytes.take(in, length);
        byte[] array = atLeast(length);
        in.get(array, 0, length);
        return Bytes.sole(array, 0, length);
    }
}
