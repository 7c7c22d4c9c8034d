package io.sluice.nsqd.core;

import io.sluice.protocol.MessageId;

/**
 * Gives the messages of a topic ids that rise and are unique among all nodes:
 *
 * <pre>
 * | 63..22 time, in units of 2^20 ns since 2012-10-28 | 21..12 node id | 11..0 sequence |
 * </pre>
 */
final class MessageIds {
    private static final int SEQUENCE_BITS = 12;
    private static final int NODE_BITS = 10;
    private static final int UNIT_SHIFT = 20;

    /** NSQ's epoch, 2012-10-28 16:23:42 UTC, in units of 2^20 ns. */
    private static final long EPOCH = 1288834974288L;

    private final int nodeId;
    private long unit;
    private int sequence;

    MessageIds(int nodeId) {
        this.nodeId = nodeId;
    }

    /**
     * The next one, as {@link MessageId#ofGuid} takes it. More than 4096 in a unit of time borrow
     * from the next: nobody waits for the clock.
     */
    long next(long nowNs) {
        long current = (nowNs >> UNIT_SHIFT) - EPOCH;
        if (current > unit) {
            unit = current;
            sequence = 0;
        } else if (sequence == 1 << SEQUENCE_BITS) {
            unit++;
            sequence = 0;
        }
        long node = (long) nodeId << SEQUENCE_BITS;
        return unit << SEQUENCE_BITS + NODE_BITS | node | sequence++;
    }

    /** The time that ids have reached, nanoseconds since the epoch. */
    long reachedNs() {
        return unit == 0 ? 0 : unit + EPOCH << UNIT_SHIFT;
    }

    /** The time that ids had reached with this one; 0 if it is none of these. */
    static long reachedNs(MessageId id) {
        try {
            long guid = Long.parseUnsignedLong(id.toString(), 16);
            return (guid >>> SEQUENCE_BITS + NODE_BITS) + EPOCH << UNIT_SHIFT;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** No id is given again that was given until then, even if the clock was set back. */
    void startAt(long reachedNs) {
        long reached = (reachedNs >> UNIT_SHIFT) - EPOCH;
        if (reached >= unit) unit = reached + 1;
    }
}
