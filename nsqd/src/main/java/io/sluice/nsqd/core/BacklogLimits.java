package io.sluice.nsqd.core;

/**
 * How much may wait, and what happens when it is more: new messages are refused, or the oldest ones
 * are dropped.
 *
 * @param messages waiting in a channel, or in a topic that holds them back; 0 for no limit
 * @param bytes of a topic's log on disk; 0 for no limit
 * @param ageNs that a message waits since it was published, or due if that was later; 0 for no
 *     limit. Never refuses
 * @param dropsOldest false to refuse what is new
 */
public record BacklogLimits(long messages, long bytes, long ageNs, boolean dropsOldest) {
    /** No limits at all. */
    public static final BacklogLimits NONE = new BacklogLimits(0, 0, 0, false);

    boolean drops() {
        return ageNs > 0 || dropsOldest && (messages > 0 || bytes > 0);
    }

    boolean isTooOld(Publication publication, long nowNs) {
        return nowNs >= expiresNs(publication);
    }

    /** When the message has waited too long; Long.MAX_VALUE for never. */
    long expiresNs(Publication publication) {
        if (ageNs == 0) return Long.MAX_VALUE;
        return Math.max(publication.timestampNs(), publication.dueNs()) + ageNs;
    }

    /**
     * The lsn before which nothing may stay on disk: the oldest segments go, until the others fit.
     * What is being written stays, however much that is.
     */
    long dropUntil(TopicLog log, long dropped) {
        if (!dropsOldest || bytes == 0) return dropped;
        long until = dropped;
        long excess = log.bytes() - bytes;
        for (TopicLog.Segment segment : log.segments()) {
            if (excess <= 0) break;
            until = Math.max(until, segment.until());
            excess -= segment.bytes();
        }
        return until;
    }

    boolean refuses() {
        return !dropsOldest && (messages > 0 || bytes > 0);
    }
}
