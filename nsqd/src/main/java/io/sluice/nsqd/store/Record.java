package io.sluice.nsqd.store;

import io.sluice.nsqd.core.LogEntry;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * An entry as it stands in a file, with all that is needed to find it and to trust it:
 *
 * <pre>
 *   int32   magic
 *   int32   length of the payload
 *   int32   CRC-32C of all that follows
 *   byte    type
 *   int64   lsn
 *   bytes   payload
 * </pre>
 */
final class Record {
    /** No text, in no encoding, has these bytes. */
    static final int MAGIC = 0xf5534c52;

    static final int HEADER_BYTES = 21;

    /** Bytes of a record at most; Chronicle has to map four times as much at once. */
    static final int MAX_LENGTH = 256 << 20;

    /** Records start at multiples of this. */
    static final int ALIGNMENT = 4;

    /** Chronicle's own header in front of each record. */
    static final int FRAME_BYTES = 4;

    /** Less than this lies between the starts of two records never. */
    static final int MIN_DISTANCE = FRAME_BYTES + 24;

    /** The first record of a segment. */
    static final byte SEGMENT_HEADER = 0;

    /** In the place of entries that found no room on a full disk. */
    static final byte OMITTED = 14;

    /** The last record of a segment that was completed properly; its lsn is the next one's. */
    static final byte SEGMENT_END = 15;

    static final byte LAST_TYPE = SEGMENT_END;

    static final int LENGTH_AT = 4;
    static final int CRC_AT = 8;
    static final int TYPE_AT = 12;
    static final int LSN_AT = 13;

    private final PayloadWriter out = new PayloadWriter(HEADER_BYTES);
    private final CRC32C crc = new CRC32C();
    private byte type;

    /** Takes the entry in, which needs {@link #stamp} to be complete. */
    Record entry(LogEntry entry) {
        out.reset();
        type = EntryCodec.encode(entry, out);
        return this;
    }

    /** Says that {@code count} entries are missing here on purpose. */
    Record omitted(long count) {
        out.reset();
        out.unsigned(count);
        type = OMITTED;
        return this;
    }

    /** Takes the header of a segment in. */
    Record header(SegmentHeader header) {
        out.reset();
        header.write(out);
        type = SEGMENT_HEADER;
        return this;
    }

    /** Says that the segment is complete. */
    Record segmentEnd() {
        out.reset();
        type = SEGMENT_END;
        return this;
    }

    /** Gives it its number. */
    Record stamp(long lsn) {
        ByteBuffer view = out.view();
        view.putInt(0, MAGIC);
        view.putInt(LENGTH_AT, length() - HEADER_BYTES);
        view.put(TYPE_AT, type);
        view.putLong(LSN_AT, lsn);
        crc.reset();
        crc.update(array(), TYPE_AT, length() - TYPE_AT);
        view.putInt(CRC_AT, (int) crc.getValue());
        return this;
    }

    byte type() {
        return type;
    }

    /** The bytes, from the first; valid until the next use of this object. */
    byte[] array() {
        return out.array();
    }

    int length() {
        return out.length();
    }

    /** How many bytes it adds to a file at most. */
    static long onDisk(long length) {
        return FRAME_BYTES + length + ALIGNMENT - 1;
    }

    /** Where the next record can start at the earliest. */
    static long align(long offset) {
        return (offset + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
