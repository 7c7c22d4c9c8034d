package io.sluice.client;

import io.sluice.protocol.stream.MalformedStream;
import io.sluice.protocol.stream.Unpacker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A stream as it was before the daemon compressed it. */
final class UnpackedInput extends InputStream {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final InputStream from;
    private final Unpacker unpacker;
    private final ByteBuffer packed = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

    UnpackedInput(InputStream from, Unpacker unpacker) {
        this.from = from;
        this.unpacker = unpacker;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes, offset, length);
        while (true) {
            // First: there may be more of what was read before.
            unpack(out);
            if (out.position() > offset) return out.position() - offset;
            int count = from.read(packed.array(), 0, packed.capacity());
            if (count < 0) return -1;
            packed.position(0).limit(count);
        }
    }

    private void unpack(ByteBuffer out) throws IOException {
        try {
            unpacker.unpack(packed, out);
        } catch (MalformedStream e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
