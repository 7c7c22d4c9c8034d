package io.sluice.client.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** What stands between delimiters in a stream of bytes; what is empty is left out. */
final class Pieces {
    /** As long as the longest message that a producer of these tools sends. */
    static final int MAX_BYTES = 256 * 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final byte delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;

    Pieces(InputStream in, byte delimiter) {
        this.in = in;
        this.delimiter = delimiter;
    }

    /** The next piece; null at the end. Throws IOException for one that is too long. */
    byte[] next() throws IOException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        while (from < to || fill()) {
            int end = from;
            while (end < to && buffer[end] != delimiter) end++;
            piece.write(buffer, from, end - from);
            boolean isWhole = end < to;
            from = isWhole ? end + 1 : end;
            if (piece.size() > MAX_BYTES) {
                throw new IOException("a message is longer than " + MAX_BYTES + " bytes");
            }
            if (isWhole && piece.size() > 0) return piece.toByteArray();
        }
        return piece.size() > 0 ? piece.toByteArray() : null;
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }
}
