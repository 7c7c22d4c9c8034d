package io.sluice.nsqd.core;

import java.util.Deque;

/** Drops from a channel's queue what {@link BacklogLimits} do not allow to stay, and counts it. */
final class QueueLimits {
    private final TopicStore store;
    private final Waiting waiting;
    private final BacklogLimits limits;

    /** In memory and among the refs is nothing that was logged before this lsn. */
    private long cleanUntil;

    QueueLimits(TopicStore store, Waiting waiting) {
        this.store = store;
        this.waiting = waiting;
        this.limits = store.settings().backlog();
    }

    /** True for a message in a part of the log that is for nobody any more. */
    boolean isOld(Publication publication) {
        return publication.isBefore(store.dropUntil());
    }

    /** When the message may not wait any longer; Long.MAX_VALUE for never. */
    long expiresNs(Queued head) {
        return head == null ? Long.MAX_VALUE : limits.expiresNs(head.publication());
    }

    /**
     * Trims what is in memory, from the head, and the refs.
     *
     * @param cursor from which on the log has {@code unread} more
     */
    void trim(Deque<Queued> memory, QueuedRefs refs, long cursor, long unread, long nowNs) {
        if (!limits.drops()) return;
        dropOld(memory, refs);
        boolean bounded = limits.dropsOldest() && limits.messages() > 0;
        boolean readsOld = unread > 0 && cursor < store.dropUntil();
        Queued head;
        while ((head = memory.peek()) != null) {
            boolean excess = bounded && memory.size() + refs.size() + unread > limits.messages();
            // The older ones go first, and then what is read after them can go.
            boolean inTheWay = readsOld && memory.size() > store.lowWater();
            if (excess || inTheWay) waiting.evict(memory.remove());
            else if (limits.isTooOld(head.publication(), nowNs)) waiting.expire(memory.remove());
            else return;
        }
    }

    /** What was requeued may be anywhere. */
    private void dropOld(Deque<Queued> memory, QueuedRefs refs) {
        long until = store.dropUntil();
        if (until == cleanUntil) return;
        cleanUntil = until;
        waiting.evicted(refs.removeBefore(until));
        memory.removeIf(
                message -> {
                    if (!isOld(message.publication())) return false;
                    waiting.evict(message);
                    return true;
                });
    }
}
