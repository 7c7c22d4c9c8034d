package io.sluice.nsqd.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What waits in a channel: for a consumer, in an order, or for its time. */
final class ModelWaiting {
    final Deque<Copy> queued = new ArrayDeque<>();
    final List<Copy> deferred = new ArrayList<>();
    private final ModelTopic topic;
    private long ranks;

    /** Messages in the log only, when it was last looked at. */
    private long onDisk;

    /** True when some have been in the log only since the queue was empty. */
    private boolean overflowed;

    ModelWaiting(ModelTopic topic) {
        this.topic = topic;
    }

    int size() {
        return queued.size() + deferred.size();
    }

    boolean hasOverflowed() {
        return overflowed;
    }

    /** What is in the log only, which it can't know by itself. */
    void observe(long newOnDisk) {
        if (newOnDisk > 0 && onDisk == 0) topic.count(Happening.FELL_BEHIND);
        if (newOnDisk == 0 && onDisk > 0) topic.count(Happening.CAUGHT_UP);
        onDisk = newOnDisk;
        if (onDisk > 0) overflowed = true;
    }

    /** How many memory can give at once, at least. */
    long leastInMemory() {
        return Math.max(0, queued.size() - onDisk);
    }

    /** Likewise at most: some may be deferred no longer when they are read. */
    long mostInMemory() {
        return Math.max(0, queued.size() + heldBack() - onDisk);
    }

    /** Deferred messages that may wait in the log with those queued. */
    long heldBack() {
        return deferred.stream().filter(copy -> copy.heldBack).count();
    }

    void queue(Copy copy) {
        ranks++;
        queueWithOthers(copy);
    }

    private void queueWithOthers(Copy copy) {
        copy.state = Copy.State.QUEUED;
        copy.rank = ranks;
        queued.add(copy);
    }

    void defer(Copy copy, long dueNs) {
        copy.state = Copy.State.DEFERRED;
        copy.dueNs = dueNs;
        deferred.add(copy);
    }

    void drop(Copy copy) {
        queued.remove(copy);
        deferred.remove(copy);
        copy.state = Copy.State.DROPPED;
    }

    /** Those which are due by now are queued again, in any order. */
    void tick(List<Copy> timedOut, long nowNs) {
        ranks++;
        timedOut.forEach(this::queueWithOthers);
        for (Copy copy : List.copyOf(deferred)) {
            if (copy.dueNs > nowNs) continue;
            deferred.remove(copy);
            topic.count(Happening.NO_LONGER_DEFERRED);
            queueWithOthers(copy);
        }
    }

    long nextDueNs() {
        long next = Long.MAX_VALUE;
        for (Copy copy : deferred) {
            if (!copy.heldBack || onDisk == 0) next = Math.min(next, copy.dueNs);
        }
        return next;
    }

    /** Takes one out that a consumer may have now. */
    void take(Copy copy, Object what, long nowNs) {
        // It was due when it was read from the log.
        if (copy.heldBack && copy.dueNs <= nowNs && deferred.remove(copy)) queue(copy);
        if (copy.state != Copy.State.QUEUED) throw Checker.broken("%s is %s", what, copy.state);
        if (isOvertaking(copy)) throw Checker.broken("%s before %s", what, queued.peek());
        if (copy.isEarly(nowNs)) throw Checker.broken("%s before it is due", what);
        queued.remove(copy);
        if (queued.isEmpty() && onDisk == 0) overflowed = false;
    }

    /** While some wait in the log, those that come again are before them, and new ones behind. */
    private boolean isOvertaking(Copy copy) {
        if (!overflowed) return !copy.hasNoPlace() && copy.rank != Copy.head(queued).rank;
        if (!copy.isFresh()) return false;
        for (Copy other : queued) if (other.isFresh()) return other != copy;
        return false;
    }

    void empty() {
        for (Copy copy : queued) copy.state = Copy.State.EMPTIED;
        for (Copy copy : deferred) copy.state = Copy.State.EMPTIED;
        queued.clear();
        deferred.clear();
    }
}
