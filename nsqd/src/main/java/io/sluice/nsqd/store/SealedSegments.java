package io.sluice.nsqd.store;

import io.sluice.nsqd.core.TopicLog.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A topic's segments that are complete, and which of them have yet to be forced. */
final class SealedSegments {
    private final TreeMap<Long, SegmentFile> byFirstLsn = new TreeMap<>();
    private final List<SegmentFile> unforced = new ArrayList<>();
    private List<Segment> shown = List.of();
    private long bytes;

    /** One of a former run. */
    void addRecovered(SegmentFile segment) {
        byFirstLsn.put(segment.from(), segment);
        changed();
    }

    void add(SegmentFile segment) {
        unforced.add(segment);
        addRecovered(segment);
    }

    /** Returns null when there is no such segment. */
    SegmentFile remove(Segment segment) {
        SegmentFile removed = byFirstLsn.remove(segment.from());
        if (removed == null) return null;
        unforced.remove(removed);
        changed();
        return removed;
    }

    boolean contains(SegmentFile segment) {
        return byFirstLsn.containsKey(segment.from());
    }

    /** Those that were sealed since this was asked last. */
    List<SegmentFile> takeUnforced() {
        List<SegmentFile> taken = List.copyOf(unforced);
        unforced.clear();
        return taken;
    }

    /** All in the order of lsns, and the one that is being written, unless it is null. */
    List<SegmentFile> filesAnd(SegmentFile current) {
        List<SegmentFile> files = new ArrayList<>(byFirstLsn.values());
        if (current != null) files.add(current);
        return files;
    }

    List<Segment> shown() {
        return shown;
    }

    long bytes() {
        return bytes;
    }

    private void changed() {
        shown = byFirstLsn.values().stream().map(SegmentFile::shown).toList();
        bytes = shown.stream().mapToLong(Segment::bytes).sum();
    }

    /** Makes all of these, and what their directories list, survive the loss of power. */
    static void force(List<SegmentFile> files) throws IOException {
        for (SegmentFile file : files) {
            if (!Files.exists(file.directory())) continue; // deleted meanwhile
            Directories.force(file.data());
            Directories.force(file.directory());
            Path topic = file.directory().getParent();
            Directories.force(topic);
            Directories.force(topic.getParent());
        }
    }
}
