package io.sluice.nsqd.store;

import io.sluice.nsqd.core.LogEntry;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what a former run has left. Changes nothing of it, so that it can be done again; but for
 * directories of segments that were about to be made and hold nothing.
 */
public final class Recovery {
    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

    private final Path directory;
    private final TopicName topic;
    private final Consumer<LogEntry.Numbered> replay;
    private final List<SegmentFile> segments = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();
    private long entryCount;
    private long nextLsn;

    private Recovery(Path dataPath, TopicName topic, Consumer<LogEntry.Numbered> replay) {
        this.directory = Directories.ofTopic(dataPath, topic);
        this.topic = topic;
        this.replay = replay;
    }

    /** The topics that have a log in this directory. */
    public static List<TopicName> topics(Path dataPath) throws IOException {
        return Directories.topics(dataPath);
    }

    /**
     * Hands on all entries from the last state on that can be read, in the order of their lsns; or
     * from the first segment on when no state can be. From any thread.
     *
     * @throws IOException when the files cannot be listed, or are of a version that is not known
     */
    public static Recovered recover(
            Path dataPath, TopicName topic, Consumer<LogEntry.Numbered> replay) throws IOException {
        return new Recovery(dataPath, topic, replay).run();
    }

    private Recovered run() throws IOException {
        List<Long> firsts = new ArrayList<>(Directories.segments(directory));
        while (!firsts.isEmpty() && dropIfEmpty(firsts.get(firsts.size() - 1))) {
            firsts.remove(firsts.size() - 1);
        }
        for (int i = 0; i < firsts.size(); i++) {
            long bound = i + 1 < firsts.size() ? firsts.get(i + 1) : SegmentFile.UNKNOWN;
            segments.add(find(firsts.get(i), bound));
        }
        int from = firstToReplay();
        for (int i = from; i < segments.size(); i++) replay(i);
        if (!segments.isEmpty()) endLast();
        for (Damage damage : damages) warn(damage);
        return new Recovered(topic, segments, nextLsn, entryCount, damages);
    }

    /** The next segment must not have the name of the last one, whatever is left of that. */
    private void endLast() {
        int last = segments.size() - 1;
        SegmentFile segment = segments.get(last);
        nextLsn = Math.max(nextLsn, segment.from() + 1);
        if (segment.until() == SegmentFile.UNKNOWN) segments.set(last, segment.until(nextLsn));
    }

    /** The last segment may have been about to be made. */
    private boolean dropIfEmpty(long first) throws IOException {
        Path segment = Directories.ofSegment(directory, first);
        Path data = segment.resolve(Directories.DATA_FILE);
        if (Files.exists(data)) {
            try (FileChannel file = FileChannel.open(data, StandardOpenOption.READ)) {
                RecordScanner scanner =
                        new RecordScanner(file, file.size(), RecordScanner.BUFFER_BYTES);
                scanner.toStart(first);
                if (scanner.next() || scanner.hasMagic()) return false;
            }
        }
        LOG.log(System.Logger.Level.WARNING, "{0} holds no entry: removed", segment);
        Directories.delete(segment);
        return true;
    }

    /** A segment that ends before {@code bound}, or just there. */
    private SegmentFile find(long first, long bound) throws IOException {
        Path segment = Directories.ofSegment(directory, first);
        Path data = segment.resolve(Directories.DATA_FILE);
        long bytes = Files.exists(data) ? Files.size(data) : 0;
        long until = bound;
        if (bytes > 0) {
            try (FileChannel file = FileChannel.open(data, StandardOpenOption.READ)) {
                long end = new RecordScanner(file, bytes, Record.HEADER_BYTES).segmentEnd();
                if (end >= first && end <= bound) until = end;
            }
        }
        return new SegmentFile(segment, first, until, bytes, new SegmentIndex());
    }

    /** Index of the last segment that begins with a state; 0 when there is none. */
    private int firstToReplay() throws IOException {
        for (int i = segments.size() - 1; i > 0; i--) {
            if (beginsWithState(segments.get(i))) return i;
        }
        if (!segments.isEmpty()) beginsWithState(segments.get(0));
        return 0;
    }

    private static boolean beginsWithState(SegmentFile segment) throws IOException {
        if (segment.bytes() == 0) return false;
        try (FileChannel file = FileChannel.open(segment.data(), StandardOpenOption.READ)) {
            RecordScanner scanner =
                    new RecordScanner(file, segment.bytes(), RecordScanner.SMALL_BUFFER_BYTES);
            scanner.toStart(segment.from());
            if (!scanner.next() || scanner.type() != Record.SEGMENT_HEADER) return false;
            SegmentHeader.read(scanner.payload());
            if (!scanner.next() || scanner.type() != EntryCodec.TOPIC_STATE) return false;
            EntryCodec.decode(scanner.type(), scanner.payload());
            return scanner.lsn() == segment.from();
        } catch (MalformedEntry e) {
            return false;
        } catch (SegmentHeader.UnknownVersion e) {
            throw new IOException(segment.data() + " has " + e.getMessage(), e);
        }
    }

    private void replay(int index) {
        SegmentFile segment = segments.get(index);
        boolean isFirst = entryCount == 0 && damages.isEmpty();
        if (!isFirst && segment.from() > nextLsn) missing(segment);
        nextLsn = segment.from();
        if (segment.bytes() == 0) {
            if (segment.until() == SegmentFile.UNKNOWN) return;
            damages.add(new Damage(segment, 0, 0, segment.from(), segment.until()));
            nextLsn = segment.until();
            return;
        }
        try (SegmentCursor cursor =
                new SegmentCursor(segment, RecordScanner.BUFFER_BYTES, damages::add)) {
            for (boolean more = cursor.seek(segment.from()); more; more = cursor.next()) {
                LogEntry.Numbered entry = cursor.entry();
                nextLsn = cursor.lsn() + 1;
                if (entry == null) continue;
                entryCount++;
                replay.accept(entry);
            }
            nextLsn = segment.until() == SegmentFile.UNKNOWN ? cursor.findEnd() : segment.until();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot read on in " + segment.data(), e);
            if (segment.until() == SegmentFile.UNKNOWN) return;
            damages.add(new Damage(segment, 0, 0, nextLsn, segment.until()));
            nextLsn = segment.until();
        }
    }

    /** Between two segments there must have been another. */
    private void missing(SegmentFile next) {
        damages.add(new Damage(next, 0, 0, nextLsn, next.from()));
    }

    private void warn(Damage damage) {
        LOG.log(
                System.Logger.Level.ERROR,
                "topic {0}: entries with lsn {1} to {2} are lost, in or before {3} at byte {4}",
                topic,
                Long.toString(damage.fromLsn()),
                Long.toString(damage.untilLsn() - 1),
                damage.segment().data(),
                Long.toString(damage.offset()));
    }
}
