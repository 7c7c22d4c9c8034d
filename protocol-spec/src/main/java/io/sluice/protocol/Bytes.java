package io.sluice.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** An immutable run of bytes: a message body, a command body, the data of a frame. */
public sealed class Bytes {
    /** No bytes at all. */
    public static final Bytes EMPTY = wrap(new byte[0]);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** In an array that nobody else has. */
    private static final class Sole extends Bytes {
        private Sole(byte[] array, int offset, int length) {
            super(array, offset, length);
        }
    }

    /** Takes the array over: the caller must not write to it again. */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    /** A part of an array to which nobody writes any more, at least there. */
    static Bytes part(byte[] array, int offset, int length) {
        return new Bytes(array, offset, length);
    }

    /**
     * A part of an array of which nobody else has anything. One that holds these bytes may let the
     * array be used again ({@link HeldBytes#letGo}): they are to be held once.
     */
    public static Bytes sole(byte[] array, int offset, int length) {
        return new Sole(array, offset, length);
    }

    boolean isSole() {
        return this instanceof Sole;
    }

    /** Copies the next {@code length} bytes and moves {@code in} past them. */
    public static Bytes take(ByteBuffer in, int length) {
        byte[] copy = new byte[length];
        in.get(copy);
        return wrap(copy);
    }

    /** The UTF-8 form of a text. */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Count of bytes. */
    public int length() {
        return length;
    }

    /** Not to be written to. */
    byte[] array() {
        return array;
    }

    int offset() {
        return offset;
    }

    /** The same bytes, which do not keep others in memory. */
    public Bytes alone() {
        return array.length == length ? this : wrap(toArray());
    }

    /** The byte at {@code index}, 0-based. */
    public byte at(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /** Appends all bytes to {@code out}, which must have room for them. */
    public void putTo(ByteBuffer out) {
        out.put(array, offset, length);
    }

    /** A copy that the caller may change. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** A read-only view that shares the bytes. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    /** The bytes as UTF-8 text; malformed parts become U+FFFD. */
    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b
                && Arrays.equals(
                        array, offset, offset + length, b.array, b.offset, b.offset + b.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) hash = 31 * hash + array[i];
        return hash;
    }

    @Override
    public String toString() {
        return length <= 64 ? utf8() : "Bytes[" + length + "]";
    }
}
