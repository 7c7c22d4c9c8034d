package io.sluice.daemon.debug;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** A file in pieces. It is gone from its folder at once, and from the disk when it was read. */
final class FileSlices implements Iterator<Buffer> {
    private static final int SLICE_BYTES = 256 * 1024;

    private final InputStream in;
    private byte[] next;

    private FileSlices(InputStream in) {
        this.in = in;
    }

    static FileSlices taking(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        Files.delete(file);
        return new FileSlices(in);
    }

    @Override
    public boolean hasNext() {
        try {
            if (next == null) next = in.readNBytes(SLICE_BYTES);
            if (next.length > 0) return true;
            in.close();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Buffer next() {
        if (!hasNext()) throw new java.util.NoSuchElementException();
        Buffer slice = Buffer.buffer(next);
        next = null;
        return slice;
    }
}
