package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.Delivery;
import io.sluice.protocol.BodyArrays;
import io.sluice.protocol.Bytes;
import java.nio.ByteBuffer;

/**
 * A message that the world published; its body is its number, by which the model knows it again.
 *
 * @param number rises with every message of the world
 * @param dueNs when it may be delivered at the earliest
 * @param isLong its number fills an array of its own
 */
record Published(int number, long timestampNs, long dueNs, boolean isLong) {
    private static final int LONG = 4_096 + Integer.BYTES;

    Bytes body() {
        return isLong ? Bytes.wrap(filled(new byte[LONG])) : body(number);
    }

    /** The same, in one of the arrays if it is long. */
    Bytes body(BodyArrays arrays, Tally tally) {
        if (!isLong) return body();
        byte[] array = arrays.atLeast(LONG);
        if (ByteBuffer.wrap(array).getInt() != 0) tally.add(Happening.ARRAY_USED_AGAIN);
        return Bytes.sole(filled(array), 0, LONG);
    }

    private byte[] filled(byte[] array) {
        ByteBuffer out = ByteBuffer.wrap(array);
        while (out.hasRemaining()) out.putInt(number);
        return array;
    }

    static Bytes body(int number) {
        return Bytes.utf8("m" + number);
    }

    /** Of a message on its way to a socket: its bytes are taken there and then. */
    static int number(Delivery delivery) {
        ByteBuffer out = ByteBuffer.allocate(delivery.bodyLength());
        delivery.putBodyTo(out);
        return number(Bytes.wrap(out.array()));
    }

    static int number(Bytes body) {
        if (body.length() < LONG) return Integer.parseInt(body.utf8().substring(1));
        ByteBuffer in = body.toBuffer();
        int number = in.getInt();
        while (in.hasRemaining()) {
            if (in.getInt() != number) throw Checker.broken("m%d has another's bytes", number);
        }
        return number;
    }
}
