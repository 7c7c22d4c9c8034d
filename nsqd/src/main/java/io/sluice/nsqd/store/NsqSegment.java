package io.sluice.nsqd.store;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Message;
import io.sluice.protocol.MessageId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads a file of NSQ's disk queue, one record after the other:
 *
 * <pre>
 * | int32 length | int64 time stamp | uint16 attempts | 16 bytes id | body |
 *                |-------------------- length bytes --------------------|
 * </pre>
 *
 * <p>There is no checksum: a length that cannot be is all that tells of damage, and what follows it
 * cannot be found any more.
 */
final class NsqSegment implements Closeable {
    private static final int LENGTH_BYTES = 4;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileChannel channel;
    private final int maxLength;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();

    /** Where the next record starts. */
    private long position;

    private String damage;

    /** Starts to read at {@code position}. */
    NsqSegment(Path file, long position, int maxMessageSize) throws IOException {
        this.position = position;
        maxLength = Message.HEADER_LENGTH + maxMessageSize;
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
        if (position > size) damage = "it has only " + size + " bytes";
        else channel.position(position);
    }

    /** The next message; null at the end, or where the file is damaged. */
    Message next() throws IOException {
        if (damage != null || position == size) return null;
        if (size - position < LENGTH_BYTES) return damaged("a record's length is cut short");
        int length = read(LENGTH_BYTES).getInt();
        if (length < Message.HEADER_LENGTH || length > maxLength) {
            return damaged(
                    "a record's length is %d, not %d to %d (--max-msg-size and %d)"
                            .formatted(
                                    length,
                                    Message.HEADER_LENGTH,
                                    maxLength,
                                    Message.HEADER_LENGTH));
        }
        if (length > size - position - LENGTH_BYTES) return damaged("a record is cut short");
        Message message = message(read(length), length);
        position += LENGTH_BYTES + length;
        return message;
    }

    private static Message message(ByteBuffer in, int length) {
        long timestampNs = in.getLong();
        int attempts = Short.toUnsignedInt(in.getShort());
        MessageId id = MessageId.take(in);
        Bytes body = Bytes.take(in, length - Message.HEADER_LENGTH);
        return new Message(id, timestampNs, attempts, body);
    }

    private Message damaged(String why) {
        damage = why;
        return null;
    }

    /** A buffer that holds the next {@code count} bytes of the file, which are there. */
    private ByteBuffer read(int count) throws IOException {
        if (buffer.remaining() >= count) return buffer;
        if (count <= BUFFER_BYTES) {
            buffer.compact();
            fill(buffer, count);
            return buffer.flip();
        }
        ByteBuffer large = ByteBuffer.allocate(count).put(buffer);
        buffer.position(buffer.limit());
        fill(large, count);
        return large.flip();
    }

    private void fill(ByteBuffer into, int count) throws IOException {
        while (into.position() < count) {
            if (channel.read(into) < 0) throw new IOException("the file became shorter");
        }
    }

    /** Where the first record starts that was not returned. */
    long position() {
        return position;
    }

    /** Bytes that were not returned. */
    long rest() {
        return Math.max(0, size - position);
    }

    /** Why reading ended before the end of the file; null when it did not. */
    String damage() {
        return damage;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
