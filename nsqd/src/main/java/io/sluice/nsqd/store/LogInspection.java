package io.sluice.nsqd.store;

import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.Range;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;

/**
 * What a topic's log holds, as found on disk while no daemon runs.
 *
 * @param entries that can be read
 * @param messages among them
 * @param omitted entries that a full disk had no room for
 * @param firstLsn of the first segment
 * @param nextLsn that follows the last entry
 * @param gaps lsns between two segments: of segments that were deleted, most likely
 * @param places what is damaged, the first of it
 * @param placeCount how many places are damaged
 */
public record LogInspection(
        TopicName topic,
        int segments,
        long entries,
        long messages,
        long omitted,
        long firstLsn,
        long nextLsn,
        List<Range> gaps,
        List<DamagedPlace> places,
        long placeCount) {
    /** The topics of a data path that have a log, by name. */
    public static List<TopicName> topics(Path dataPath) throws IOException {
        return Directories.topics(dataPath);
    }

    /**
     * Reads all of a topic's log.
     *
     * @param sink gets each entry with its lsn, in order
     */
    public static LogInspection of(Path dataPath, TopicName topic, ObjLongConsumer<LogEntry> sink)
            throws IOException {
        Totals totals = new Totals();
        for (SegmentInspection segment : segments(dataPath, topic)) {
            segment.run(sink);
            totals.add(segment);
        }
        return totals.of(topic);
    }

    /** The segments of a topic, in order and not read yet. */
    static List<SegmentInspection> segments(Path dataPath, TopicName topic) throws IOException {
        Path directory = Directories.ofTopic(dataPath, topic);
        TreeSet<Long> first = Directories.segments(directory);
        List<SegmentInspection> segments = new ArrayList<>();
        for (long lsn : first) {
            Long following = first.higher(lsn);
            segments.add(
                    new SegmentInspection(
                            topic,
                            Directories.ofSegment(directory, lsn),
                            lsn,
                            following == null ? -1 : following));
        }
        return segments;
    }

    private static final class Totals {
        private final List<Range> gaps = new ArrayList<>();
        private final List<DamagedPlace> places = new ArrayList<>();
        private int segments;
        private long entries;
        private long messages;
        private long omitted;
        private long firstLsn;
        private long nextLsn;
        private long placeCount;

        void add(SegmentInspection segment) {
            if (segments == 0) firstLsn = segment.firstLsn();
            else if (segment.firstLsn() > nextLsn) gaps.add(new Range(nextLsn, segment.firstLsn()));
            segments++;
            entries += segment.entryCount();
            messages += segment.messageCount();
            omitted += segment.omittedCount();
            nextLsn = segment.nextLsn();
            int room = SegmentInspection.MAX_PLACES - places.size();
            places.addAll(segment.places().subList(0, Math.min(room, segment.places().size())));
            placeCount += segment.placeCount();
        }

        LogInspection of(TopicName topic) {
            return new LogInspection(
                    topic,
                    segments,
                    entries,
                    messages,
                    omitted,
                    firstLsn,
                    nextLsn,
                    gaps,
                    places,
                    placeCount);
        }
    }
}
