package io.sluice.nsqd.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of lsns, kept as ranges: what is done is done nearly in order, so that they are few. */
final class DoneRanges {
    /** From where to just before where. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** Adds one lsn; false when it was there already. */
    boolean add(long lsn) {
        Map.Entry<Long, Long> before = ranges.floorEntry(lsn);
        if (before != null && before.getValue() > lsn) return false;
        long from = before != null && before.getValue() == lsn ? before.getKey() : lsn;
        Long until = ranges.remove(lsn + 1);
        ranges.put(from, until == null ? lsn + 1 : until);
        return true;
    }

    /** Adds lsns until just before {@code until}. */
    void add(long from, long until) {
        if (from >= until) return;
        Map.Entry<Long, Long> before = ranges.floorEntry(from);
        long start = before != null && before.getValue() >= from ? before.getKey() : from;
        long end = until;
        for (Map.Entry<Long, Long> next;
                (next = ranges.ceilingEntry(start)) != null && next.getKey() <= end; ) {
            end = Math.max(end, next.getValue());
            ranges.remove(next.getKey());
        }
        ranges.put(start, end);
    }

    boolean contains(long lsn) {
        if (ranges.isEmpty()) return false;
        Map.Entry<Long, Long> range = ranges.floorEntry(lsn);
        return range != null && range.getValue() > lsn;
    }

    void addAll(DoneRanges all) {
        all.ranges.forEach(this::add);
    }

    void addAll(List<LogEntry.Range> all) {
        for (LogEntry.Range range : all) add(range.from(), range.until());
    }

    void clear() {
        ranges.clear();
    }

    List<LogEntry.Range> toList() {
        if (ranges.isEmpty()) return List.of();
        List<LogEntry.Range> list = new ArrayList<>(ranges.size());
        ranges.forEach((from, until) -> list.add(new LogEntry.Range(from, until)));
        return list;
    }
}
