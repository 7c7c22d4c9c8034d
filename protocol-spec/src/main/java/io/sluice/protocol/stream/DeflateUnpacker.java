package io.sluice.protocol.stream;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The other side of {@link DeflatePacker}. */
public final class DeflateUnpacker implements Unpacker {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Inflater inflater = new Inflater(true);

    @Override
    public void unpack(ByteBuffer in, ByteBuffer out) {
        inflater.setInput(in);
        try {
            while (out.hasRemaining()) {
                if (inflater.inflate(out) == 0) break;
            }
        } catch (DataFormatException e) {
            throw new MalformedStream("not deflated: " + e.getMessage(), e);
        } finally {
            // It would hold on to memory that is the caller's again.
            inflater.setInput(NOTHING);
        }
        if (inflater.finished() && in.hasRemaining()) {
            throw new MalformedStream("bytes behind the end of the deflated stream");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
