package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.RunPart;
import java.util.List;
import java.util.TreeMap;

/** A run as memory knows it; as an entry it is due when its first message is. */
final class RunHead extends DeadlineQueue.Entry {
    /** Refs that are read at once. */
    private static final int PART = 1_000;

    RunPart part;

    /** Null when they are in the log, and as safe there as they must be. */
    List<Ref> refs;

    /** What is to arrive next, by lsn. */
    final TreeMap<Long, Ref> wanted = new TreeMap<>();

    /** What has been read of that; it arrives as one, when all is there. */
    final TreeMap<Long, Message> read = new TreeMap<>();

    /** Just behind the last lsn that was looked for. */
    long readUntil;

    int taken;
    private long nextDueNs;

    RunHead(RunPart part, List<Ref> refs) {
        this.part = part;
        this.refs = refs;
    }

    void collectRefs(List<Ref> to) {
        if (refs != null) to.addAll(refs.subList(part.next(), refs.size()));
    }

    void collectPart(List<RunPart> to) {
        if (refs == null) to.add(part);
    }

    /** Where the run is in the log while its refs are here as well; Long.MAX_VALUE if not so. */
    long unsafeLsn() {
        boolean unsafe = refs != null && part.lsn() != Publication.UNLOGGED;
        return unsafe ? part.lsn() : Long.MAX_VALUE;
    }

    int left() {
        return part.count() - part.next();
    }

    /**
     * Wants the next refs: those that are due, {@code room} more that are due by {@code untilNs},
     * and one at least.
     */
    void take(List<Ref> refs, long nowNs, long untilNs, int room) {
        wanted.clear();
        read.clear();
        readUntil = 0;
        int next = part.next();
        int last = Math.min(refs.size(), next + PART);
        do {
            wanted.put(refs.get(next).lsn(), refs.get(next));
            next++;
        } while (next < last && refs.get(next).dueNs() <= (wanted.size() < room ? untilNs : nowNs));
        taken(refs, next);
    }

    /** The next refs, {@code max} or as many as there are. */
    List<Ref> takeFirst(List<Ref> refs, int max) {
        int next = part.next();
        taken(refs, next + Math.min(refs.size() - next, max));
        return refs.subList(next, next + taken);
    }

    private void taken(List<Ref> refs, int until) {
        taken = until - part.next();
        nextDueNs = until < refs.size() ? refs.get(until).dueNs() : Long.MAX_VALUE;
    }

    long[] toRead() {
        return wanted.tailMap(readUntil).keySet().stream().mapToLong(Long::longValue).toArray();
    }

    void advance() {
        part =
                new RunPart(
                        part.lsn(),
                        part.next() + taken,
                        part.count(),
                        nextDueNs,
                        part.firstLsn(),
                        part.lastLsn());
    }

    static RunPart part(long lsn, List<Ref> refs) {
        long first = refs.stream().mapToLong(Ref::lsn).min().orElseThrow();
        long last = refs.stream().mapToLong(Ref::lsn).max().orElseThrow();
        return new RunPart(lsn, 0, refs.size(), refs.get(0).dueNs(), first, last);
    }
}
