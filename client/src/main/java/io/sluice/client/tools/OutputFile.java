package io.sluice.client.tools;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/** A file of lines, plain or compressed. What is synced is there after a loss of power. */
final class OutputFile {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final OutputStream plain;
    private final int gzipLevel;
    private GZIPOutputStream gzip;
    private long size;

    /**
     * Opens a file.
     *
     * @param gzipLevel 0 for a plain file
     * @param fresh whether FileAlreadyExistsException is wanted rather than a file to append to
     */
    static OutputFile open(Path path, int gzipLevel, boolean fresh) throws IOException {
        if (fresh) {
            FileChannel channel =
                    FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new OutputFile(path, channel, gzipLevel);
        }
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        OutputFile file = new OutputFile(path, channel, gzipLevel);
        file.goToEnd();
        return file;
    }

    private OutputFile(Path path, FileChannel channel, int gzipLevel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.gzipLevel = gzipLevel;
        plain = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
        syncDirectory(path);
    }

    /** A line that was cut short, as by kill -9, must not run into the next one. */
    private void goToEnd() throws IOException {
        size = channel.size();
        channel.position(size);
        if (size == 0) return;
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, size - 1);
        if (last.get(0) == '\n') return;
        plain.write('\n');
        size++;
    }

    Path path() {
        return path;
    }

    /** Bytes of lines in it, which a compressed file has fewer of on disk. */
    long size() {
        return size;
    }

    /** Writes a line. */
    void write(byte[] line) throws IOException {
        OutputStream out = plain;
        if (gzipLevel > 0) {
            if (gzip == null) gzip = member();
            out = gzip;
        }
        out.write(line);
        out.write('\n');
        size += line.length + 1;
    }

    /** Lets others read what is written, so far as it is not compressed. */
    void flush() throws IOException {
        plain.flush();
    }

    /** Returns when all that was written is on the disk; ends a member of a compressed file. */
    void sync() throws IOException {
        if (gzip != null) gzip.finish();
        gzip = null;
        plain.flush();
        channel.force(true);
    }

    /** Syncs and closes it. */
    void close() throws IOException {
        // Without any member it could not be read as a compressed file.
        if (gzipLevel > 0 && size == 0) gzip = member();
        sync();
        channel.close();
    }

    private GZIPOutputStream member() throws IOException {
        return new Member(plain, gzipLevel);
    }

    /**
     * Moves a closed file, never over another one: FileAlreadyExistsException when there is one.
     */
    static void move(Path from, Path to) throws IOException {
        Files.createLink(to, from);
        syncDirectory(to);
        Files.delete(from);
    }

    /** So that not only the bytes of a file survive, but also its name. */
    private static void syncDirectory(Path file) throws IOException {
        try (FileChannel directory =
                FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** The JDK's own has no way to say how hard it tries. */
    private static final class Member extends GZIPOutputStream {
        Member(OutputStream out, int level) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(level);
        }
    }
}
