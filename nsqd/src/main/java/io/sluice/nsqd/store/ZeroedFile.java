package io.sluice.nsqd.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file whose bytes are there before anybody stores into them by a mapping. A store into a page
 * that a full disk cannot back would kill the process; a write that finds the disk full is only an
 * exception.
 */
final class ZeroedFile implements Closeable {
    /** Taken at once, at first and at most: a write this long is over before anybody notices. */
    static final int FIRST_STEP_BYTES = 64 << 10;

    static final int LAST_STEP_BYTES = 128 << 10;

    /**
     * Written in one go. A file system may keep what was written so as one piece in memory, and
     * write all of it when one byte of it has changed: at level fsync that is for every sync. Half
     * a MiB makes a sync of 155 bytes take 0.21 ms here, this 0.14 ms.
     */
    private static final int PIECE_BYTES = 32 << 10;

    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(PIECE_BYTES).asReadOnlyBuffer();

    private final FileChannel channel;
    private long end;
    private int step = FIRST_STEP_BYTES;

    private ZeroedFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates a file that has the first {@code bytes} bytes. */
    static ZeroedFile create(Path path, long bytes) throws IOException {
        ZeroedFile file = new ZeroedFile(Directories.newFile(path));
        try {
            file.extend(bytes);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Bytes that are safe to store into. */
    long end() {
        return end;
    }

    /** Makes at least the first {@code bytes} bytes safe to store into. */
    void require(long bytes) throws IOException {
        if (bytes <= end) return;
        try {
            extend(Math.max(bytes, end + step));
            if (step < LAST_STEP_BYTES) step *= 2;
        } catch (IOException e) {
            if (bytes > end) throw e;
        }
    }

    private void extend(long newEnd) throws IOException {
        while (end < newEnd) {
            ByteBuffer zeros = ZEROS.duplicate();
            zeros.limit((int) Math.min(zeros.capacity(), newEnd - end));
            end += channel.write(zeros, end);
        }
    }

    /** Writes all of the bytes, over those that are there. */
    void write(ByteBuffer bytes, long offset) throws IOException {
        for (long at = offset; bytes.hasRemaining(); ) at += channel.write(bytes, at);
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** Cuts off all behind the first {@code bytes} bytes. */
    void truncate(long bytes) throws IOException {
        channel.truncate(bytes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
