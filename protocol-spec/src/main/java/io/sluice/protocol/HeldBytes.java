package io.sluice.protocol;

import java.nio.ByteBuffer;

/**
 * The base of what is little more than a run of bytes and is there in millions: it has short ones
 * without a second object, and can let go of the array of long ones.
 */
public abstract class HeldBytes {
    /** Bits of {@link #place} that are the length. */
    private static final int LENGTH_BITS = 12;

    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
    private static final int OFFSET_MASK = (1 << 31 - LENGTH_BITS) - 1;

    /** What long bytes may leave unused of their array: a share of it that no copy is worth. */
    private static final int SLACK = 4;

    /** The place of long bytes. */
    private static final int LONG = -1;

    /** The place of long bytes of whose array nobody else has anything. */
    private static final int SOLE = -2;

    /** The array; or, of long ones, the {@link Bytes}; null when they are gone. */
    private Object held;

    /** Offset and length in one; or one of the negative ones above. */
    private int place;

    /** Holds the same bytes, and what keeps them in memory. */
    protected HeldBytes(Bytes bytes) {
        hold(bytes);
    }

    private void hold(Bytes bytes) {
        int offset = bytes.offset();
        int length = bytes.length();
        if ((offset & OFFSET_MASK) == offset && (length & LENGTH_MASK) == length) {
            held = bytes.array();
            place = offset << LENGTH_BITS | length;
        } else {
            boolean wasteful = bytes.array().length - length > length / SLACK;
            held = wasteful ? bytes.alone() : bytes;
            place = bytes.isSole() && !wasteful ? SOLE : LONG;
        }
    }

    /** The bytes, for anybody to keep: their array is never let go of. */
    public final Bytes bytes() {
        if (place == SOLE) {
            held = lent();
            place = LONG;
        }
        return lent();
    }

    /** The bytes, for somebody who has done with them when the array may be let go of. */
    protected final Bytes lent() {
        if (place >= 0) return Bytes.part((byte[]) held, place >>> LENGTH_BITS, byteCount());
        Bytes bytes = longBytes();
        if (place == LONG) return bytes;
        return Bytes.part(bytes.array(), bytes.offset(), bytes.length());
    }

    /** Appends all bytes to {@code out}, which must have room for them. */
    public final void putTo(ByteBuffer out) {
        if (place >= 0) out.put((byte[]) held, place >>> LENGTH_BITS, byteCount());
        else longBytes().putTo(out);
    }

    /** How many there are. */
    public final int byteCount() {
        return place >= 0 ? place & LENGTH_MASK : longBytes().length();
    }

    private Bytes longBytes() {
        if (held == null) throw new IllegalStateException("the bytes have been let go");
        return (Bytes) held;
    }

    /** Keeps few other bytes in memory from now on. */
    protected final void holdAlone() {
        if (place >= 0) hold(bytes().alone());
    }

    /** True when nobody else has anything of the array of these bytes. */
    protected final boolean isSole() {
        return place == SOLE;
    }

    /** The array, for other bytes, if {@link #isSole}: these are gone then. Null if not. */
    protected final byte[] letGo() {
        if (!isSole() || held == null) return null;
        byte[] array = longBytes().array();
        held = null;
        return array;
    }
}
