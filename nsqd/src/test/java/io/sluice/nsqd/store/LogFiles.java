package io.sluice.nsqd.store;

import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Segments of a topic's log, made byte by byte. */
public final class LogFiles {
    public static final TopicName TOPIC = new TopicName("topic");

    /** What Chronicle has in front of the first record. */
    private static final int PREFIX_BYTES = 256;

    private static final int SEGMENT_BYTES = 16 * 1024;

    private final Path dataPath;
    private final List<Integer> offsets = new ArrayList<>();
    private ByteBuffer bytes;
    private long firstLsn;
    private long lsn;

    public LogFiles(Path dataPath) {
        this.dataPath = dataPath;
    }

    /** Begins a segment, with its header. */
    public LogFiles begin(long first) {
        return begin(first, SegmentHeader.VERSION);
    }

    LogFiles begin(long first, int version) {
        firstLsn = first;
        lsn = first;
        offsets.clear();
        bytes = ByteBuffer.allocate(SEGMENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(bytes.array(), 0, PREFIX_BYTES, (byte) 0x55);
        bytes.position(PREFIX_BYTES);
        add(new Record().header(new SegmentHeader(version, TOPIC, first)).stamp(first));
        offsets.clear();
        return this;
    }

    private void add(Record record) {
        bytes.position((int) Record.align(bytes.position()));
        bytes.putInt(record.length());
        offsets.add(bytes.position());
        bytes.put(record.array(), 0, record.length());
    }

    /** The message whose parts follow from its number. */
    public static LogEntry.Message message(long number) {
        Bytes body = Bytes.utf8("body-" + number);
        return new LogEntry.Message(Reach.PUBLISHED, MessageId.ofGuid(number), number, 0, body);
    }

    /** Appends messages, each with its lsn as its number. */
    public LogFiles messages(int count) {
        for (int i = 0; i < count; i++) entry(message(lsn));
        return this;
    }

    public LogFiles entry(LogEntry entry) {
        add(new Record().entry(entry).stamp(lsn++));
        return this;
    }

    /** Appends a record as it is. */
    LogFiles raw(Record record) {
        add(record);
        lsn++;
        return this;
    }

    /** Where the entry with this index starts. */
    public int offset(int index) {
        return offsets.get(index);
    }

    /** Changes a byte that was written. */
    public LogFiles flip(int offset) {
        return flip(offset, 0x40);
    }

    LogFiles flip(int offset, int bits) {
        bytes.put(offset, (byte) (bytes.get(offset) ^ bits));
        return this;
    }

    /** Overwrites what was written. */
    public LogFiles overwrite(int from, int until, int value) {
        Arrays.fill(bytes.array(), from, until, (byte) value);
        return this;
    }

    /** Writes the segment, as long as a daemon that was killed leaves it. */
    public LogFiles end() throws IOException {
        return end(SEGMENT_BYTES);
    }

    /** Writes the segment, as a daemon leaves it that is done with it. */
    LogFiles seal() throws IOException {
        add(new Record().segmentEnd().stamp(lsn));
        return end(bytes.position());
    }

    /** Writes the segment, as the first so many bytes of what it would be. */
    public LogFiles end(int length) throws IOException {
        Path directory = directory(firstLsn);
        Files.createDirectories(directory);
        Files.write(directory.resolve(Directories.DATA_FILE), Arrays.copyOf(bytes.array(), length));
        return this;
    }

    public Path topic() {
        return Directories.ofTopic(dataPath, TOPIC);
    }

    public Path directory(long first) {
        return Directories.ofSegment(topic(), first);
    }
}
