package io.sluice.examples.logs;

import io.sluice.protocol.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** An open log file and how far it is read. It stays the same file when its name changes. */
final class LogFile implements AutoCloseable {
    /** What one message may hold: longer lines come in parts. */
    static final int MAX_LINE_BYTES = 512 * 1024;

    private static final int BUFFER_BYTES = 2 * MAX_LINE_BYTES;
    private static final int CHECKED_BYTES = 256;

    private final FileChannel channel;
    private final String key;

    /** Only while it is read: there may be many that wait. */
    private ByteBuffer buffer;

    /** Bytes of lines that were taken. */
    private long offset;

    private LogFile(FileChannel channel, String key) {
        this.channel = channel;
        this.key = key;
    }

    /** Opens a file at its start. */
    static LogFile open(Path path) throws IOException {
        // Before and after: it may be renamed in between.
        String before = key(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            if (before.equals(key(path))) return new LogFile(channel, before);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return open(path);
    }

    /** What tells a file from all others that exist, and survives a rename; has no spaces. */
    static String key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class)
                .fileKey()
                .toString()
                .replace(" ", "");
    }

    String key() {
        return key;
    }

    /** Goes to a position; false, and stays at the start, when it is not one of this file. */
    boolean seek(Position position) throws IOException {
        if (!position.file().equals(key)) return false;
        if (channel.size() < position.offset()) return false;
        if (checksum(position.offset()) != position.checksum()) return false;
        offset = position.offset();
        return true;
    }

    Position position() throws IOException {
        return new Position(key, offset, checksum(offset));
    }

    private long checksum(long upTo) throws IOException {
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(upTo, CHECKED_BYTES));
        for (int n = 0; n >= 0 && start.hasRemaining(); ) n = channel.read(start, start.position());
        CRC32 crc = new CRC32();
        crc.update(start.flip());
        return crc.getValue();
    }

    /** Whether it has become shorter than what was read of it: somebody starts it anew. */
    boolean isTruncated() throws IOException {
        return channel.size() < offset;
    }

    void restart() {
        offset = 0;
    }

    /**
     * Takes the next whole lines, and the rest behind them if nothing is going to be added to it.
     *
     * @param maxBytes about how much to take at most
     */
    void take(List<Bytes> lines, int maxBytes, boolean isComplete) throws IOException {
        for (int taken = 0; taken < maxBytes; ) {
            int bytes = take(lines, isComplete);
            if (bytes == 0) return;
            taken += bytes;
        }
    }

    /** Takes the lines of a buffer; returns how many bytes they are. */
    private int take(List<Bytes> lines, boolean isComplete) throws IOException {
        if (buffer == null) buffer = ByteBuffer.allocate(BUFFER_BYTES);
        buffer.clear();
        int read = channel.read(buffer, offset);
        if (read <= 0) return 0;
        byte[] bytes = buffer.array();
        int start = 0;
        for (int i = 0; i < read; i++) {
            boolean isEnd = bytes[i] == '\n';
            if (!isEnd && i - start < MAX_LINE_BYTES) continue;
            add(lines, bytes, start, i);
            start = isEnd ? i + 1 : i;
        }
        if (start == 0 && isComplete) {
            add(lines, bytes, 0, read);
            start = read;
        }
        offset += start;
        return start;
    }

    /** An empty line is no message. */
    private static void add(List<Bytes> lines, byte[] bytes, int start, int end) {
        int last = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
        if (last > start) lines.add(Bytes.wrap(Arrays.copyOfRange(bytes, start, last)));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
