package io.sluice.protocol.stream;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Raw DEFLATE without a header, with a sync flush behind all that is packed at once. */
public final class DeflatePacker implements Packer {
    /** What a sync flush and the bookkeeping of incompressible blocks can add at most, about. */
    private static final int OVERHEAD = 64;

    private final Deflater deflater;

    /**
     * A new stream.
     *
     * @param level 1 (fastest) to 9 (smallest)
     */
    public DeflatePacker(int level) {
        deflater = new Deflater(level, true);
    }

    @Override
    public ByteBuffer pack(ByteBuffer in) {
        ByteBuffer out = ByteBuffer.allocate(in.remaining() / 2 + OVERHEAD);
        deflater.setInput(in);
        while (true) {
            deflater.deflate(out, Deflater.SYNC_FLUSH);
            // Room left means that all is out; a full buffer may hide a rest.
            if (out.hasRemaining()) return out.flip();
            out = ByteBuffer.allocate(2 * out.capacity()).put(out.flip());
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
