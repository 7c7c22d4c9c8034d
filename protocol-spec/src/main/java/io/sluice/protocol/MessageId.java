package io.sluice.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The id of a message: 16 bytes that only the daemon which made them may interpret. Kept as two
 * big-endian halves, so that comparing two ids compares two longs.
 */
public record MessageId(long high, long low) {
    /** Count of bytes on the wire. */
    public static final int LENGTH = 16;

    /** A one for each digit. */
    private static final long ONES = 0x0101010101010101L;

    /** The id whose text is {@code guid} as 16 lower-case hexadecimal digits. */
    public static MessageId ofGuid(long guid) {
        return new MessageId(hex(guid >>> 32), hex(guid & 0xffffffffL));
    }

    /** Reads 16 bytes and moves {@code in} past them. */
    public static MessageId take(ByteBuffer in) {
        return new MessageId(in.getLong(), in.getLong());
    }

    /** The id with this text; IllegalArgumentException unless it is 16 bytes of Latin-1. */
    public static MessageId of(String text) {
        if (text.length() != LENGTH) throw new IllegalArgumentException("not 16 bytes: " + text);
        return new MessageId(half(text, 0), half(text, 8));
    }

    /** Writes the 16 bytes. */
    public void putTo(ByteBuffer out) {
        out.putLong(high).putLong(low);
    }

    private static long half(String text, int from) {
        long bytes = 0;
        for (int i = from; i < from + 8; i++) {
            char c = text.charAt(i);
            if (c > 0xff) throw new IllegalArgumentException("not Latin-1: " + text);
            bytes = bytes << 8 | c;
        }
        return bytes;
    }

    /** The eight digits of a number of 32 bits, all of them at once. */
    private static long hex(long half) {
        long digits = (half << 16 | half) & 0x0000ffff0000ffffL;
        digits = (digits << 8 | digits) & 0x00ff00ff00ff00ffL;
        digits = (digits << 4 | digits) & 0x0f0f0f0f0f0f0f0fL;
        long letters = digits + 6 * ONES >>> 4 & ONES;
        return digits + '0' * ONES + ('a' - '0' - 10) * letters;
    }

    @Override
    public int hashCode() {
        // The digits that change fastest are the last; spread them over all bits.
        long mixed = (low ^ high >>> 7) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    @Override
    public String toString() {
        ByteBuffer out = ByteBuffer.allocate(LENGTH);
        putTo(out);
        return new String(out.array(), StandardCharsets.ISO_8859_1);
    }
}
