package io.sluice.nsqd.store;

import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.store.DamagedPlace.Kind;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;

/** Goes through all of a segment of a daemon that does not run, and notes what is damaged. */
final class SegmentInspection {
    /** What is beyond is counted only. */
    static final int MAX_PLACES = 10_000;

    private static final long UNKNOWN = -1;

    private final TopicName topic;
    private final Path file;
    private final long firstLsn;

    /** First lsn of the segment behind it; -1 when there is none. */
    private final long followingLsn;

    private final List<DamagedPlace> places = new ArrayList<>();
    private long placeCount;
    private boolean hasHeader;
    private boolean isOfLaterVersion;
    private boolean isComplete;
    private long entryCount;
    private long messageCount;
    private long omittedCount;
    private long nextLsn;
    private long end;

    SegmentInspection(TopicName topic, Path directory, long firstLsn, long followingLsn) {
        this.topic = topic;
        this.file = directory.resolve(Directories.DATA_FILE);
        this.firstLsn = firstLsn;
        this.followingLsn = followingLsn;
        this.nextLsn = firstLsn;
    }

    /** Reads the segment from start to end, past all damage; {@code entries} gets each entry. */
    void run(ObjLongConsumer<LogEntry> entries) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            RecordScanner scanner =
                    new RecordScanner(channel, channel.size(), RecordScanner.BUFFER_BYTES);
            scanner.toStart(firstLsn);
            while (!isOfLaterVersion && scanner.next()) {
                take(scanner, entries);
                nextLsn = scanner.expectedLsn();
                end = scanner.end();
            }
            if (!isOfLaterVersion && !isComplete) finish(scanner, channel.size() - end);
        } catch (IOException e) {
            add(end > 0 ? Kind.TAIL : Kind.SEGMENT, end, 0, untilFollowing(), DataFiles.why(e));
        }
    }

    private void take(RecordScanner scanner, ObjLongConsumer<LogEntry> entries) {
        long from = Record.align(scanner.lostFrom());
        long until = scanner.offset() - Record.FRAME_BYTES;
        long lost = scanner.lostLsns();
        byte type = scanner.type();
        if (type == Record.SEGMENT_HEADER) {
            takeHeader(scanner);
            return;
        }
        if (!hasHeader) {
            hasHeader = true;
            add(Kind.HEADER, 0, until, lost, "the segment's header cannot be read");
        } else if (lost > 0) {
            add(Kind.ENTRIES, from, until - from, lost, "cannot be read");
        }
        if (type == Record.SEGMENT_END) isComplete = true;
        else if (type == Record.OMITTED) omittedCount += scanner.expectedLsn() - scanner.lsn();
        else takeEntry(scanner, entries);
    }

    private void takeHeader(RecordScanner scanner) {
        String why;
        try {
            SegmentHeader header = SegmentHeader.read(scanner.payload());
            hasHeader = header.topic().equals(topic) && header.firstLsn() == firstLsn;
            if (hasHeader) return;
            why = "belongs to topic " + header.topic() + ", lsn " + header.firstLsn();
        } catch (SegmentHeader.UnknownVersion e) {
            isOfLaterVersion = true;
            add(Kind.LATER_VERSION, scanner.offset(), 0, UNKNOWN, e.getMessage());
            return;
        } catch (MalformedEntry e) {
            why = "the segment's header is none: " + e.getMessage();
        }
        hasHeader = true;
        add(Kind.HEADER, 0, scanner.end(), 0, why);
    }

    private void takeEntry(RecordScanner scanner, ObjLongConsumer<LogEntry> entries) {
        LogEntry entry;
        try {
            entry = EntryCodec.decode(scanner.type(), scanner.payload());
        } catch (MalformedEntry e) {
            long from = scanner.offset() - Record.FRAME_BYTES;
            nextLsn = scanner.lsn();
            add(Kind.ENTRIES, from, scanner.end() - from, 1, "is no entry: " + e.getMessage());
            return;
        }
        entryCount++;
        if (entry instanceof LogEntry.Message) messageCount++;
        entries.accept(entry, scanner.lsn());
    }

    /** Its daemon was killed, or the end cannot be read. */
    private void finish(RecordScanner scanner, long rest) throws IOException {
        if (end == 0) {
            // One that was begun when the process died has no record yet.
            boolean isNew = followingLsn <= firstLsn && !scanner.hasMagic();
            if (!isNew) add(Kind.SEGMENT, 0, rest, untilFollowing(), "nothing in it can be read");
            return;
        }
        long claimed = scanner.claimedEnd();
        if (followingLsn >= 0) claimed = Math.min(claimed, followingLsn);
        if (claimed > nextLsn) {
            add(Kind.TAIL, end, rest, claimed - nextLsn, "cannot be read, nor what comes behind");
        }
    }

    private long untilFollowing() {
        return followingLsn > nextLsn ? followingLsn - nextLsn : UNKNOWN;
    }

    private void add(Kind kind, long offset, long bytes, long entries, String why) {
        placeCount++;
        if (places.size() == MAX_PLACES) return;
        places.add(new DamagedPlace(kind, file, offset, bytes, nextLsn, entries, why));
    }

    TopicName topic() {
        return topic;
    }

    Path file() {
        return file;
    }

    long firstLsn() {
        return firstLsn;
    }

    /** In the order of the file. */
    List<DamagedPlace> places() {
        return places;
    }

    long placeCount() {
        return placeCount;
    }

    long entryCount() {
        return entryCount;
    }

    long messageCount() {
        return messageCount;
    }

    /** Entries that a full disk had no room for, as the segment says. */
    long omittedCount() {
        return omittedCount;
    }

    /** The lsn that follows the last good entry. */
    long nextLsn() {
        return nextLsn;
    }

    /** True when something of this kind is damaged. */
    boolean has(Kind kind) {
        return places.stream().anyMatch(place -> place.kind() == kind);
    }

    /** True when its last record says that it is. */
    boolean isComplete() {
        return isComplete;
    }

    /** Just behind the last good record. */
    long end() {
        return end;
    }
}
