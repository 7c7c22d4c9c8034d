package io.sluice.nsqd.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Appends records to a segment: a Chronicle queue of its own that is new and never rolls. Made and
 * closed by a worker; in between it belongs to a loop.
 */
final class SegmentWriter {
    private static final System.Logger LOG = System.getLogger(SegmentWriter.class.getName());

    /** Kept back for entries that are no messages. */
    static final long RESERVE_BYTES = 256 << 10;

    /** What Chronicle maps at once at least. */
    static final int MIN_BLOCK_BYTES = 1 << 20;

    /** A record must not be longer than this part of a block. */
    private static final int RECORDS_PER_BLOCK = 4;

    /**
     * Chronicle's index, which nobody here reads, is kept small: an array of so many entries for
     * each so many arrays, each entry for so many records.
     */
    private static final int INDEX_COUNT = 64;

    private static final int INDEX_SPACING = 64 << 10;

    /** More than Chronicle's index arrays take between two records. */
    private static final long MARGIN_BYTES = 16 << 10;

    /**
     * From so many bytes on a record is written to the file, behind Chronicle's header, and not
     * stored into its mapping: each page that is touched there for the first time costs
     * microseconds, and half of the processor time of a long record.
     */
    private static final int LONG = 16 << 10;

    static final long NO_ENTRY = -1;

    private static final long METADATA_BYTES = 16 << 10;

    /** Held, or the levels are forgotten. Chronicle reports each mapping that takes a while. */
    private static final Logger CHRONICLE_LOG = Logger.getLogger("net.openhft");

    /** Pins threads to processors, which is not asked for; warns of a library that it misses. */
    private static final Logger AFFINITY_LOG = Logger.getLogger("net.openhft.affinity");

    static {
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        CHRONICLE_LOG.setLevel(Level.WARNING);
        AFFINITY_LOG.setLevel(Level.SEVERE);
    }

    private final SegmentIndex index = new SegmentIndex();
    private final int maxRecord;
    private final ZeroedFile file;
    private SingleChronicleQueue queue;
    private ExcerptAppender appender;
    private Path directory;
    private long firstLsn;
    private long used;
    private boolean directoryForced;

    private SegmentWriter(Path directory, int blockBytes) throws IOException {
        this.directory = directory;
        maxRecord = blockBytes / RECORDS_PER_BLOCK - Record.FRAME_BYTES;
        file =
                ZeroedFile.create(
                        directory.resolve(Directories.PRECREATED_FILE),
                        RESERVE_BYTES + MARGIN_BYTES + ZeroedFile.FIRST_STEP_BYTES);
    }

    /**
     * Creates a segment that has no lsn yet, in place of one of a former run.
     *
     * @param maxRecord it must be able to take records of so many bytes
     */
    static SegmentWriter create(Path topicDirectory, int maxRecord) throws IOException {
        Directories.make(topicDirectory);
        Path directory = topicDirectory.resolve(Directories.PREPARED);
        Directories.delete(directory);
        Directories.make(directory);
        SegmentWriter writer = new SegmentWriter(directory, blockBytes(maxRecord));
        try {
            ZeroedFile.create(directory.resolve(Directories.METADATA_FILE), METADATA_BYTES).close();
            writer.open(blockBytes(maxRecord));
            return writer;
        } catch (IOException | RuntimeException | Error e) {
            writer.close();
            throw e;
        }
    }

    private static int blockBytes(int maxRecord) {
        int block = MIN_BLOCK_BYTES;
        while (block / RECORDS_PER_BLOCK - Record.FRAME_BYTES < maxRecord && block < 1 << 30) {
            block *= 2;
        }
        return block;
    }

    private void open(int blockBytes) {
        queue =
                SingleChronicleQueueBuilder.binary(directory.toFile())
                        .rollCycle(LargeRollCycles.LARGE_DAILY)
                        .timeProvider(() -> 0)
                        .indexCount(INDEX_COUNT)
                        .indexSpacing(INDEX_SPACING)
                        .blockSize(blockBytes)
                        .build();
        appender = queue.createAppender();
        // It changes hands, from a worker to the loop and back.
        appender.singleThreadedCheckDisabled(true);
        try (DocumentContext document = appender.writingDocument(true)) {
            Bytes<?> bytes = document.wire().bytes();
            bytes.writeInt(0);
            used = bytes.writePosition();
        }
    }

    /** Gives the segment its place; nothing has been appended yet. */
    void begin(Path topicDirectory, long first) throws IOException {
        Path place = Directories.ofSegment(topicDirectory, first);
        Files.move(directory, place, StandardCopyOption.ATOMIC_MOVE);
        directory = place;
        firstLsn = first;
    }

    /** The longest record that it can take. */
    int maxRecord() {
        return maxRecord;
    }

    long firstLsn() {
        return firstLsn;
    }

    /** Count of bytes that hold something. */
    long used() {
        return used;
    }

    /** Makes room for so many more bytes, without touching the reserve. */
    void requireRoom(long bytes) throws IOException {
        file.require(used + bytes + MARGIN_BYTES + RESERVE_BYTES);
    }

    /** As {@link #requireRoom} where that goes, and else out of the reserve. */
    void requireRoomInReserve(long bytes) throws IOException {
        try {
            requireRoom(bytes);
        } catch (IOException e) {
            if (used + bytes + MARGIN_BYTES > file.end()) throw e;
        }
    }

    /** Appends a record that there is room for; one without an lsn of its own with NO_ENTRY. */
    void append(byte[] record, int length, long lsn) {
        try (DocumentContext document = appender.writingDocument(false)) {
            Bytes<?> bytes = document.wire().bytes();
            if (lsn != NO_ENTRY) index.add(lsn, bytes.writePosition());
            if (length < LONG) bytes.write(record, 0, length);
            else bytes.writePosition(writeByFile(record, length, bytes.writePosition()));
            used = bytes.writePosition();
        }
    }

    private long writeByFile(byte[] record, int length, long at) {
        try {
            file.write(ByteBuffer.wrap(record, 0, length), at);
            return at + length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends a record, if that is possible, which has no lsn of its own. */
    void appendLast(byte[] record, int length) {
        try {
            requireRoomInReserve(Record.onDisk(length));
            append(record, length, NO_ENTRY);
        } catch (IOException | RuntimeException | InternalError e) {
            LOG.log(System.Logger.Level.DEBUG, "no end of " + directory, e);
        }
    }

    /** What readers need to know of it, given the lsn that comes next. */
    SegmentFile file(long until) {
        return new SegmentFile(directory, firstLsn, until, used, index);
    }

    /** Makes what was appended survive the loss of power. */
    void force() throws IOException {
        file.force();
        if (directoryForced) return;
        Directories.force(directory);
        Directories.force(directory.getParent());
        Directories.force(directory.getParent().getParent());
        directoryForced = true;
    }

    /** Lets go of the files; they keep only what is in use. */
    void close() throws IOException {
        if (appender != null) appender.close();
        if (queue != null) queue.close();
        try (file) {
            if (used > 0) file.truncate(used);
        }
        if (queue != null) Files.deleteIfExists(directory.resolve(Directories.METADATA_FILE));
    }
}
