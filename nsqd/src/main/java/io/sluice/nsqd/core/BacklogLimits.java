package io.sluice.nsqd.core;

/**
 * How much may wait, and what happens when it is more: new messages are refused, or the oldest ones
 * are dropped.
 *
 * @param messages waiting in a channel, or in a topic that holds them back; 0 for no limit
 * @param bytes of a topic's log on disk; 0 for no limit
 * @param ageNs since the publication of a message that waits; 0 for no limit. Never refuses
 * @param dropsOldest false to refuse what is new
 */
public record BacklogLimits(long messages, long bytes, long ageNs, boolean dropsOldest) {
    /** No limits at all. */
    public static final BacklogLimits NONE = new BacklogLimits(0, 0, 0, false);

    boolean drops() {
        return ageNs > 0 || dropsOldest && (messages > 0 || bytes > 0);
    }

    boolean isTooOld(long timestampNs, long nowNs) {
        return ageNs > 0 && nowNs - timestampNs > ageNs;
    }

    boolean refuses() {
        return !dropsOldest && (messages > 0 || bytes > 0);
    }
}
