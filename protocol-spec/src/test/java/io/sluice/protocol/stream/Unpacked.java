package io.sluice.protocol.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** What comes out of an unpacker, taken from it in buffers of a given size. */
final class Unpacked {
    private final Unpacker unpacker;
    private final ByteBuffer out;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    Unpacked(Unpacker unpacker, int room) {
        this.unpacker = unpacker;
        this.out = ByteBuffer.allocate(room);
    }

    void take(ByteBuffer in) {
        boolean full;
        do {
            out.clear();
            try {
                unpacker.unpack(in, out);
            } finally {
                all.write(out.array(), 0, out.position());
            }
            full = !out.hasRemaining();
        } while (full || in.hasRemaining());
    }

    byte[] bytes() {
        return all.toByteArray();
    }
}
