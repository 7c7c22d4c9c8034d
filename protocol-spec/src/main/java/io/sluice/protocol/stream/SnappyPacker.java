package io.sluice.protocol.stream;

import io.airlift.compress.snappy.SnappyCompressor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Snappy's framing format. What would hardly shrink goes as it is. */
public final class SnappyPacker implements Packer {
    private final SnappyCompressor compressor = new SnappyCompressor();
    private boolean begun;

    @Override
    public ByteBuffer pack(ByteBuffer in) {
        byte[] plain = new byte[Math.min(in.remaining(), SnappyFormat.MAX_PLAIN)];
        ByteBuffer out = ByteBuffer.allocate(bound(in.remaining())).order(ByteOrder.LITTLE_ENDIAN);
        if (!begun) identify(out);
        while (in.hasRemaining()) {
            int length = Math.min(in.remaining(), plain.length);
            in.get(plain, 0, length);
            chunk(plain, length, out);
        }
        return out.flip().order(ByteOrder.BIG_ENDIAN);
    }

    /** Room for all of it, and for what the compressor may need on its way to a smaller result. */
    private int bound(int length) {
        int chunks = length / SnappyFormat.MAX_PLAIN + 1;
        int headers = SnappyFormat.HEADER_LENGTH + SnappyFormat.CHECKSUM_LENGTH;
        int last = Math.min(length, SnappyFormat.MAX_PLAIN);
        return length + (chunks + 1) * headers + compressor.maxCompressedLength(last) - last + 10;
    }

    private void identify(ByteBuffer out) {
        byte[] name = SnappyFormat.name();
        header(SnappyFormat.IDENTIFIER, name.length, out);
        out.put(name);
        begun = true;
    }

    private static void header(int type, int length, ByteBuffer out) {
        out.putInt(type | length << 8);
    }

    private void chunk(byte[] plain, int length, ByteBuffer out) {
        int start = out.position();
        int dataAt = start + SnappyFormat.HEADER_LENGTH + SnappyFormat.CHECKSUM_LENGTH;
        int room = out.capacity() - dataAt;
        int compressed = compressor.compress(plain, 0, length, out.array(), dataAt, room);
        boolean shrunk = compressed < length - length / 8;
        int stored = shrunk ? compressed : length;
        int type = shrunk ? SnappyFormat.COMPRESSED : SnappyFormat.PLAIN;
        header(type, SnappyFormat.CHECKSUM_LENGTH + stored, out);
        out.putInt(SnappyFormat.maskedChecksum(plain, 0, length));
        if (shrunk) out.position(dataAt + stored);
        else out.put(plain, 0, length);
    }

    @Override
    public void close() {
        // Holds nothing that the collector does not find.
    }
}
