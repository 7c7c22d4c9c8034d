package io.sluice.nsqd.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * Reads the records of a segment's file one after the other, past all damage. Hops from record to
 * record by their lengths; where that leads nowhere it looks for the next magic number whose record
 * has a good checksum and an lsn that can be there.
 */
final class RecordScanner {
    /** Read at once, but for a record that is longer, by who reads all. */
    static final int BUFFER_BYTES = 256 << 10;

    /** Read at once by who looks for single entries. */
    static final int SMALL_BUFFER_BYTES = 32 << 10;

    private final FileChannel file;
    private final long limit;
    private final int bufferBytes;
    private final CRC32C crc = new CRC32C();

    /** A part of the file, from {@code windowStart} on. */
    private byte[] buffer;

    private ByteBuffer window;
    private long windowStart;

    /** Just behind the last good record. */
    private long lastEnd;

    private long expectedLsn;
    private boolean atStart;

    private long offset = -1;
    private int length;
    private byte type;
    private long lsn;
    private long lostLsns;
    private long lostFrom;

    /**
     * Reads nothing yet.
     *
     * @param limit what is behind this offset is none of its business
     */
    RecordScanner(FileChannel file, long limit, int bufferBytes) {
        this.file = file;
        this.limit = limit;
        this.bufferBytes = (int) Math.min(bufferBytes, Math.max(limit, Record.HEADER_BYTES));
        use(new byte[this.bufferBytes]);
    }

    /** Goes to the start of a file whose first entry has this lsn. */
    void toStart(long firstLsn) {
        atStart = true;
        lastEnd = 0;
        expectedLsn = firstLsn;
    }

    /** Goes to a record whose place and lsn are known. */
    void to(long recordOffset, long recordLsn) {
        atStart = false;
        lastEnd = recordOffset - Record.FRAME_BYTES;
        expectedLsn = recordLsn;
    }

    /** Moves to the next good record; false when there is none. */
    boolean next() throws IOException {
        long before = expectedLsn;
        lostFrom = lastEnd;
        if (!find()) return false;
        lostLsns = lsn - before;
        lastEnd = offset + length;
        atStart = false;
        expectedLsn = lsn + lsnsOf();
        return true;
    }

    private boolean find() throws IOException {
        long expectedAt = Record.align(lastEnd) + Record.FRAME_BYTES;
        if (!atStart && matches(expectedAt, expectedLsn, expectedLsn)) return true;
        return !atStart && findBehindDamaged(expectedAt) || search();
    }

    /** A record that is damaged inside still tells where the next one is. */
    private boolean findBehindDamaged(long at) throws IOException {
        if (!ensure(at, Record.HEADER_BYTES) || int32(at) != Record.MAGIC) return false;
        int claimed = int32(at + Record.LENGTH_AT);
        if (claimed < 0 || claimed > limit - at - Record.HEADER_BYTES) return false;
        long following = Record.align(at + Record.HEADER_BYTES + claimed) + Record.FRAME_BYTES;
        return matches(following, expectedLsn + 1, expectedLsn + 1);
    }

    private boolean search() throws IOException {
        long from = Record.align(lastEnd);
        for (long at = from; ; at += Record.ALIGNMENT) {
            at = nextMagic(at);
            if (at < 0) return false;
            long most = expectedLsn + (at - from) / Record.MIN_DISTANCE;
            if (matches(at, expectedLsn, most)) return true;
        }
    }

    /** Offset of the next magic number, or -1. */
    private long nextMagic(long from) throws IOException {
        long at = from;
        while (ensure(at, Record.HEADER_BYTES)) {
            int index = (int) (at - windowStart);
            int last = window.limit() - Record.HEADER_BYTES;
            for (; index <= last; index += Record.ALIGNMENT) {
                if (window.getInt(index) == Record.MAGIC) return windowStart + index;
            }
            at = windowStart + index;
        }
        return -1;
    }

    /** True when there is a good record at {@code at} with an lsn within the bounds. */
    private boolean matches(long at, long minLsn, long maxLsn) throws IOException {
        if (!ensure(at, Record.HEADER_BYTES) || int32(at) != Record.MAGIC) return false;
        int index = (int) (at - windowStart);
        int claimed = window.getInt(index + Record.LENGTH_AT);
        byte foundType = window.get(index + Record.TYPE_AT);
        long foundLsn = window.getLong(index + Record.LSN_AT);
        if (claimed < 0 || claimed > limit - at - Record.HEADER_BYTES) return false;
        if (claimed > Record.MAX_LENGTH - Record.HEADER_BYTES) return false;
        if (foundType < 0 || foundType > Record.LAST_TYPE) return false;
        if (foundLsn < minLsn || foundLsn > maxLsn) return false;
        int whole = Record.HEADER_BYTES + claimed;
        if (whole > buffer.length && !hasGoodChecksum(at, whole)) return false;
        if (!ensure(at, whole)) return false;
        index = (int) (at - windowStart);
        crc.reset();
        crc.update(buffer, index + Record.TYPE_AT, whole - Record.TYPE_AT);
        if ((int) crc.getValue() != window.getInt(index + Record.CRC_AT)) return false;
        offset = at;
        length = whole;
        type = foundType;
        lsn = foundLsn;
        return true;
    }

    /** No memory is taken for a long record before it is known to be one. */
    private boolean hasGoodChecksum(long at, int whole) throws IOException {
        int expected = int32(at + Record.CRC_AT);
        crc.reset();
        long end = at + whole;
        for (long from = at + Record.TYPE_AT; from < end; ) {
            if (!ensure(from, 1)) return false;
            int index = (int) (from - windowStart);
            int part = (int) Math.min(window.limit() - index, end - from);
            crc.update(buffer, index, part);
            from += part;
        }
        return (int) crc.getValue() == expected && ensure(at, Record.HEADER_BYTES);
    }

    private int int32(long at) {
        return window.getInt((int) (at - windowStart));
    }

    /** Makes the window hold the bytes from {@code at} on; false when the file ends before. */
    private boolean ensure(long at, int bytes) throws IOException {
        if (at >= windowStart && at + bytes <= windowStart + window.limit()) return true;
        if (at + bytes > limit) return false;
        if (bytes > buffer.length) use(new byte[bytes]);
        else if (buffer.length > bufferBytes && bytes <= bufferBytes) use(new byte[bufferBytes]);
        window.clear().limit((int) Math.min(buffer.length, limit - at));
        windowStart = at;
        while (window.hasRemaining() && file.read(window, at + window.position()) > 0) continue;
        window.flip();
        return window.limit() >= bytes;
    }

    private void use(byte[] larger) {
        buffer = larger;
        window = ByteBuffer.wrap(buffer).limit(0);
        windowStart = 0;
    }

    /** Count of lsns that the record stands for. */
    private long lsnsOf() {
        if (type == Record.SEGMENT_HEADER || type == Record.SEGMENT_END) return 0;
        if (type != Record.OMITTED) return 1;
        try {
            return new PayloadReader(payload()).unsigned();
        } catch (MalformedEntry e) {
            return 1;
        }
    }

    byte type() {
        return type;
    }

    long lsn() {
        return lsn;
    }

    /** Where the record starts. */
    long offset() {
        return offset;
    }

    /** Just behind the last good record. */
    long end() {
        return lastEnd;
    }

    /** The lsn that follows the last good record. */
    long expectedLsn() {
        return expectedLsn;
    }

    /** Count of entries between this record and the one before it that are damaged. */
    long lostLsns() {
        return lostLsns;
    }

    /** Where the damage in front of this record begins. */
    long lostFrom() {
        return lostFrom;
    }

    /** The payload; valid until the next move. */
    ByteBuffer payload() {
        int from = (int) (offset - windowStart) + Record.HEADER_BYTES;
        return ByteBuffer.wrap(buffer, from, length - Record.HEADER_BYTES).slice();
    }

    /**
     * After the last good record: the lsn behind the last record that seems to have been there, by
     * what is left of its header. One that was never completed does not count.
     */
    long claimedEnd() throws IOException {
        long from = Record.align(lastEnd);
        long claimed = expectedLsn;
        for (long at = nextMagic(from); at >= 0; at = nextMagic(at + Record.ALIGNMENT)) {
            long found = window.getLong((int) (at - windowStart) + Record.LSN_AT);
            long most = expectedLsn + (at - from) / Record.MIN_DISTANCE;
            if (found >= claimed && found <= most && isComplete(at)) claimed = found + 1;
        }
        return claimed;
    }

    /** What Chronicle says of a record: its highest bit stands while it is being written. */
    private boolean isComplete(long at) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(Record.FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.read(frame, at - Record.FRAME_BYTES);
        return frame.getInt(0) > 0;
    }

    /** True when there is, or was, a record behind the last good one. */
    boolean hasMagic() throws IOException {
        return nextMagic(Record.align(lastEnd)) >= 0;
    }

    /** What the file says of itself in its last record: the lsn behind it; -1 when nothing. */
    long segmentEnd() throws IOException {
        long at = limit - Record.HEADER_BYTES;
        boolean found = at >= 0 && matches(at, 0, Long.MAX_VALUE) && type == Record.SEGMENT_END;
        return found ? lsn : -1;
    }
}
