package io.sluice.protocol.stream;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The other side of {@link SnappyPacker}. It holds one chunk at most. */
public final class SnappyUnpacker implements Unpacker {
    private static final int MAX_COMPRESSED =
            new SnappyCompressor().maxCompressedLength(SnappyFormat.MAX_PLAIN);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SnappyDecompressor decompressor = new SnappyDecompressor();
    private final ByteBuffer header =
            ByteBuffer.allocate(SnappyFormat.HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private boolean begun;
    private int toSkip;

    /** Of the chunk that is being read, without its header; null between chunks. */
    private ByteBuffer chunk;

    /** What has been decompressed and not been taken yet. */
    private ByteBuffer plain = NOTHING;

    @Override
    public void unpack(ByteBuffer in, ByteBuffer out) {
        while (out.hasRemaining()) {
            if (plain.hasRemaining()) move(plain, out);
            else if (!in.hasRemaining()) return;
            else read(in);
        }
    }

    private static void move(ByteBuffer from, ByteBuffer to) {
        int count = Math.min(from.remaining(), to.remaining());
        to.put(from.slice().limit(count));
        from.position(from.position() + count);
    }

    private void read(ByteBuffer in) {
        plain = NOTHING;
        if (toSkip > 0) {
            int skipped = Math.min(toSkip, in.remaining());
            in.position(in.position() + skipped);
            toSkip -= skipped;
        } else if (chunk == null) {
            move(in, header);
            if (!header.hasRemaining()) begin();
        } else {
            move(in, chunk);
            if (!chunk.hasRemaining()) end();
        }
    }

    private int type() {
        return header.getInt(0) & 0xff;
    }

    /** Looks at a header, before memory is taken for what it announces. */
    private void begin() {
        int length = header.getInt(0) >>> 8;
        header.clear();
        int type = type();
        if (!begun && type != SnappyFormat.IDENTIFIER) {
            throw new MalformedStream("snappy stream does not start with its identifier");
        }
        switch (type) {
            case SnappyFormat.COMPRESSED ->
                    require(length, SnappyFormat.CHECKSUM_LENGTH + 1, MAX_COMPRESSED);
            case SnappyFormat.PLAIN ->
                    require(length, SnappyFormat.CHECKSUM_LENGTH, SnappyFormat.MAX_PLAIN);
            case SnappyFormat.IDENTIFIER -> require(length, SnappyFormat.name().length, 0);
            default -> {
                if (type < SnappyFormat.FIRST_SKIPPABLE) {
                    throw new MalformedStream("snappy chunk of unknown type " + type);
                }
                toSkip = length;
                return;
            }
        }
        chunk = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        if (length == 0) end();
    }

    private static void require(int length, int min, int maxData) {
        int max = Math.max(min, SnappyFormat.CHECKSUM_LENGTH + maxData);
        if (length >= min && length <= max) return;
        throw new MalformedStream(
                "snappy chunk of " + length + " bytes, where " + min + " to " + max + " can be");
    }

    private void end() {
        ByteBuffer whole = chunk.flip();
        chunk = null;
        if (type() == SnappyFormat.IDENTIFIER) {
            if (!Arrays.equals(whole.array(), SnappyFormat.name())) {
                throw new MalformedStream("snappy stream does not start with its identifier");
            }
            begun = true;
            return;
        }
        int checksum = whole.getInt();
        plain = type() == SnappyFormat.PLAIN ? whole : decompress(whole);
        int offset = plain.position();
        int found = SnappyFormat.maskedChecksum(plain.array(), offset, plain.remaining());
        if (found != checksum) throw new MalformedStream("snappy chunk with a wrong checksum");
    }

    private ByteBuffer decompress(ByteBuffer data) {
        byte[] in = data.array();
        int from = data.position();
        try {
            int length = SnappyDecompressor.getUncompressedLength(in, from);
            if (length < 0 || length > SnappyFormat.MAX_PLAIN) {
                throw new MalformedStream("snappy chunk that unpacks to " + length + " bytes");
            }
            byte[] result = new byte[length];
            int made = decompressor.decompress(in, from, data.remaining(), result, 0, length);
            return ByteBuffer.wrap(result, 0, made);
        } catch (MalformedInputException | IndexOutOfBoundsException e) {
            throw new MalformedStream("snappy chunk that does not unpack: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // Holds nothing that the collector does not find.
    }
}
