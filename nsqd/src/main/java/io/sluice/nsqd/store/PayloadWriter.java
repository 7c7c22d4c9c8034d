package io.sluice.nsqd.store;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.MessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects the bytes of an entry; grows as needed and is used again for the next one. */
final class PayloadWriter {
    /** A buffer that had to grow beyond this is let go again. */
    static final int MAX_KEPT_BYTES = 256 << 10;

    private static final int FIRST_BYTES = 512;

    private final int start;
    private byte[] array = new byte[FIRST_BYTES];
    private ByteBuffer view = ByteBuffer.wrap(array);

    /**
     * Makes an empty one.
     *
     * @param start count of bytes to be left free in front
     */
    PayloadWriter(int start) {
        this.start = start;
        view.position(start);
    }

    /** Starts anew. */
    void reset() {
        if (array.length > MAX_KEPT_BYTES) use(new byte[FIRST_BYTES]);
        view.position(start);
    }

    /** All bytes, those in front included; valid until the next call of this object. */
    byte[] array() {
        return array;
    }

    /** Count of all bytes, those in front included. */
    int length() {
        return view.position();
    }

    /** The same bytes, to be written at any place. */
    ByteBuffer view() {
        return view;
    }

    void octet(int value) {
        room(1);
        view.put((byte) value);
    }

    void int64(long value) {
        room(8);
        view.putLong(value);
    }

    /** An unsigned number: 7 bits a byte, the lowest first; the top bit says that more follow. */
    void unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            view.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        view.put((byte) rest);
    }

    /** A number near 0 on either side: 0, -1, 1, -2, … are 0, 1, 2, 3, … */
    void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    void id(MessageId id) {
        room(MessageId.LENGTH);
        id.putTo(view);
    }

    void bytes(Bytes bytes) {
        room(bytes.length());
        bytes.putTo(view);
    }

    /** A name of up to 255 ASCII characters, or null. */
    void name(String name) {
        byte[] ascii = name == null ? new byte[0] : name.getBytes(StandardCharsets.US_ASCII);
        octet(ascii.length);
        room(ascii.length);
        view.put(ascii);
    }

    private void room(int bytes) {
        if (view.remaining() >= bytes) return;
        long needed = (long) view.position() + bytes;
        if (needed > Record.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "an entry of " + needed + " bytes, at most " + Record.MAX_LENGTH);
        }
        int position = view.position();
        long doubled = Math.min(Record.MAX_LENGTH, array.length * 2L);
        use(Arrays.copyOf(array, (int) Math.max(needed, doubled)));
        view.position(position);
    }

    private void use(byte[] larger) {
        array = larger;
        view = ByteBuffer.wrap(array);
    }
}
