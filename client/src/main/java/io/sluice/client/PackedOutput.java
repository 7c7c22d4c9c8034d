package io.sluice.client;

import io.sluice.protocol.stream.Packer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Compresses what is written to it. A buffer belongs in front: each write is packed by itself. */
final class PackedOutput extends OutputStream {
    private final OutputStream to;
    private final Packer packer;

    PackedOutput(OutputStream to, Packer packer) {
        this.to = to;
        this.packer = packer;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer packed = packer.pack(ByteBuffer.wrap(bytes, offset, length));
        to.write(packed.array(), packed.arrayOffset() + packed.position(), packed.remaining());
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }
}
