package io.sluice.protocol;

/**
 * The base of what is little more than a run of bytes and is there in millions: it has them without
 * a second object.
 */
public abstract class HeldBytes {
    /** The bytes are the whole array. */
    private static final int WHOLE = -1;

    /** Bits of {@link #place} that are the length. */
    private static final int LENGTH_BITS = 12;

    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
    private static final int OFFSET_MASK = (1 << 31 - LENGTH_BITS) - 1;

    private byte[] array;

    /** Offset and length in one. */
    private int place;

    /** Holds the same bytes, and what keeps them in memory. */
    protected HeldBytes(Bytes bytes) {
        hold(bytes);
    }

    private void hold(Bytes bytes) {
        int offset = bytes.offset();
        int length = bytes.length();
        if ((offset & OFFSET_MASK) == offset && (length & LENGTH_MASK) == length) {
            array = bytes.array();
            place = offset << LENGTH_BITS | length;
        } else {
            array = bytes.alone().array();
            place = WHOLE;
        }
    }

    /** The bytes. */
    public final Bytes bytes() {
        return Bytes.part(array, place == WHOLE ? 0 : place >>> LENGTH_BITS, byteCount());
    }

    /** How many there are. */
    public final int byteCount() {
        return place == WHOLE ? array.length : place & LENGTH_MASK;
    }

    /** Keeps no other bytes in memory from now on. */
    protected final void holdAlone() {
        hold(bytes().alone());
    }
}
