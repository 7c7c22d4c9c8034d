package io.sluice.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable run of bytes: a message body, a command body, the data of a frame. */
public final class Bytes {
    /** No bytes at all. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** Takes the array over: the caller must not write to it again. */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array);
    }

    /** Copies the next {@code length} bytes and moves {@code in} past them. */
    public static Bytes take(ByteBuffer in, int length) {
        byte[] copy = new byte[length];
        in.get(copy);
        return new Bytes(copy);
    }

    /** The UTF-8 form of a text. */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Count of bytes. */
    public int length() {
        return array.length;
    }

    /** The byte at {@code index}, 0-based. */
    public byte at(int index) {
        return array[index];
    }

    /** Appends all bytes to {@code out}, which must have room for them. */
    public void putTo(ByteBuffer out) {
        out.put(array);
    }

    /** A copy that the caller may change. */
    public byte[] toArray() {
        return array.clone();
    }

    /** A read-only view that shares the bytes. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(array).asReadOnlyBuffer();
    }

    /** The bytes as UTF-8 text; malformed parts become U+FFFD. */
    public String utf8() {
        return new String(array, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b && Arrays.equals(array, b.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return array.length <= 64 ? utf8() : "Bytes[" + array.length + "]";
    }
}
