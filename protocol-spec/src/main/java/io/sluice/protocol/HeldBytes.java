package io.sluice.protocol;

/**
 * The base of what is little more than a run of bytes and is there in millions: it has them without
 * a second object.
 */
public abstract class HeldBytes {
    /** Bits of {@link #place} that are the length. */
    private static final int LENGTH_BITS = 12;

    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
    private static final int OFFSET_MASK = (1 << 31 - LENGTH_BITS) - 1;

    /** What may stand before long bytes in their array: a share of it that no copy is worth. */
    private static final int SLACK = 16;

    private byte[] array;

    /**
     * Offset and length in one; or, inverted, the offset from which on all of the array is meant.
     */
    private int place;

    /** Holds the same bytes, and what keeps them in memory. */
    protected HeldBytes(Bytes bytes) {
        hold(bytes);
    }

    private void hold(Bytes bytes) {
        int offset = bytes.offset();
        int length = bytes.length();
        array = bytes.array();
        if ((offset & OFFSET_MASK) == offset && (length & LENGTH_MASK) == length) {
            place = offset << LENGTH_BITS | length;
        } else if (offset + length == array.length && offset <= array.length / SLACK) {
            place = ~offset;
        } else {
            array = bytes.alone().array();
            place = ~0;
        }
    }

    /** The bytes. */
    public final Bytes bytes() {
        return Bytes.part(array, place < 0 ? ~place : place >>> LENGTH_BITS, byteCount());
    }

    /** How many there are. */
    public final int byteCount() {
        return place < 0 ? array.length - ~place : place & LENGTH_MASK;
    }

    /** Keeps no other bytes in memory from now on. */
    protected final void holdAlone() {
        hold(bytes().alone());
    }
}
