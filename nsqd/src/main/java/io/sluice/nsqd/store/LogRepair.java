package io.sluice.nsqd.store;

import io.sluice.nsqd.store.DamagedPlace.Kind;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Mends a topic's log while no daemon runs: what cannot be read is no longer there afterwards, and
 * the log says so itself. Nothing is deleted: a segment that is replaced is kept as it was.
 */
public final class LogRepair {
    /** Where segments are kept that were replaced, in the topic's directory. */
    static final String SET_ASIDE = "set-aside";

    private static final String UNFINISHED = ".repair";

    private static final int ZEROS_BYTES = 64 * 1024;

    private final TopicName topic;
    private final Path directory;
    private final Path dataPath;
    private final Consumer<String> done;

    /**
     * Does nothing yet.
     *
     * @param done told of each thing that was done
     */
    public LogRepair(Path dataPath, TopicName topic, Consumer<String> done) {
        this.dataPath = dataPath;
        this.topic = topic;
        this.directory = Directories.ofTopic(dataPath, topic);
        this.done = done;
    }

    /** Mends what is damaged; returns how many places can't be mended. */
    public long run() throws IOException {
        long left = 0;
        for (SegmentInspection segment : LogInspection.segments(dataPath, topic)) {
            segment.run((entry, lsn) -> {});
            left += mend(segment);
        }
        return left;
    }

    private long mend(SegmentInspection segment) throws IOException {
        if (segment.placeCount() == 0) return 0;
        Path broken = segment.file().getParent();
        DamagedPlace first = segment.places().get(0);
        if (first.kind() == Kind.LATER_VERSION) {
            done.accept(broken + " is left alone: " + first.why());
            return segment.placeCount();
        }
        // The last segment may as well be missing; between two others, its lsns would be missed.
        boolean goes = first.kind() == Kind.SEGMENT && first.entries() < 0;
        Path mended = goes ? null : mended(segment);
        Path kept = setAside(broken);
        if (mended != null) Files.move(mended, broken, StandardCopyOption.ATOMIC_MOVE);
        Directories.force(directory);
        for (DamagedPlace place : segment.places()) done.accept("taken out: " + place);
        done.accept(
                broken
                        + (goes
                                ? " is taken away, and kept as "
                                : " is mended; as it was it is kept as ")
                        + kept);
        // What was not noted, because there was too much, is found by another run.
        return segment.placeCount() - segment.places().size();
    }

    private Path setAside(Path broken) throws IOException {
        Path aside = directory.resolve(SET_ASIDE);
        Directories.make(aside);
        String name = broken.getFileName().toString();
        Path free = aside.resolve(name);
        for (int i = 1; Files.exists(free); i++) free = aside.resolve(name + "." + i);
        Files.move(broken, free, StandardCopyOption.ATOMIC_MOVE);
        Directories.force(aside);
        Directories.force(directory);
        return free;
    }

    /** A copy of the segment without what is damaged, complete and on disk. */
    private Path mended(SegmentInspection segment) throws IOException {
        Path copy = directory.resolve(segment.file().getParent().getFileName() + UNFINISHED);
        Directories.delete(copy); // of a repair that did not get to its end
        Directories.make(copy);
        long needed = segment.end();
        long free = Files.getFileStore(copy).getUsableSpace();
        if (needed > free) {
            throw new IOException("a copy takes " + needed + " bytes, " + free + " are free");
        }
        Path file = copy.resolve(Directories.DATA_FILE);
        Directories.newFile(file).close();
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (needed > 0) copy(segment.file(), needed, to);
            for (DamagedPlace place : segment.places()) {
                if (place.offset() < needed) fill(place, segment, to);
            }
            if (!segment.isComplete()) write(ending(segment), Record.align(needed), to);
            to.force(true);
        }
        Directories.force(copy);
        return copy;
    }

    private static void copy(Path file, long bytes, FileChannel to) throws IOException {
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = 0; at < bytes; ) at += from.transferTo(at, bytes - at, to);
        }
    }

    /** Puts in the place of what is damaged that it is missing. */
    private static void fill(DamagedPlace place, SegmentInspection segment, FileChannel to)
            throws IOException {
        List<Record> records = new ArrayList<>();
        if (place.kind() == Kind.HEADER) records.add(header(segment));
        if (place.entries() > 0) records.add(omitted(place));
        ByteBuffer bytes = framed(records);
        if (bytes.limit() > place.bytes()) {
            throw new IOException(place + ": no room to say what is missing");
        }
        long end = place.offset() + bytes.limit();
        write(bytes, place.offset(), to);
        zero(to, end, place.offset() + place.bytes());
    }

    /** What comes behind the last entry that can be read. */
    private static ByteBuffer ending(SegmentInspection segment) {
        List<Record> records = new ArrayList<>();
        long nextLsn = segment.nextLsn();
        if (segment.end() == 0) records.add(header(segment));
        for (DamagedPlace place : segment.places()) {
            if (place.offset() < segment.end() || place.entries() <= 0) continue;
            records.add(omitted(place));
            nextLsn += place.entries();
        }
        records.add(new Record().segmentEnd().stamp(nextLsn));
        return framed(records);
    }

    private static Record header(SegmentInspection segment) {
        SegmentHeader header =
                new SegmentHeader(SegmentHeader.VERSION, segment.topic(), segment.firstLsn());
        return new Record().header(header).stamp(segment.firstLsn());
    }

    private static Record omitted(DamagedPlace place) {
        return new Record().omitted(place.entries()).stamp(place.fromLsn());
    }

    private static void write(ByteBuffer bytes, long at, FileChannel file) throws IOException {
        long to = at;
        while (bytes.hasRemaining()) to += file.write(bytes, to);
    }

    /** As Chronicle has records: a length in front, and each at a multiple of the alignment. */
    private static ByteBuffer framed(List<Record> records) {
        long length = 0;
        for (Record record : records) length += Record.onDisk(record.length());
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        for (Record record : records) {
            bytes.position((int) Record.align(bytes.position()));
            bytes.putInt(record.length()).put(record.array(), 0, record.length());
        }
        return bytes.flip();
    }

    private static void zero(FileChannel file, long from, long until) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(ZEROS_BYTES);
        for (long at = from; at < until; ) {
            zeros.clear().limit((int) Math.min(ZEROS_BYTES, until - at));
            at += file.write(zeros, at);
        }
    }
}
