package io.sluice.nsqd.core;

/**
 * When the oldest messages of a channel were published, nanoseconds since the epoch; 0 for none,
 * and where it is not known. The disk is never asked.
 *
 * @param waitingNs of what waits for a consumer: of the first messages in line
 * @param inFlightNs of what consumers have
 */
public record Oldest(long waitingNs, long inFlightNs) {
    /**
     * So many from the head of a queue are looked at. New messages stand in the order of their
     * publication; one that came back stands where it came back, and may be older.
     */
    private static final int LOOKED_AT = 100;

    static Oldest of(MessageQueue queued, DeadlineQueue<Delivery> inFlight) {
        return new Oldest(waiting(queued), oldest(inFlight));
    }

    private static long waiting(MessageQueue queued) {
        long oldestNs = Long.MAX_VALUE;
        for (Queued message : queued.first(LOOKED_AT)) {
            oldestNs = Math.min(oldestNs, message.publication().timestampNs());
        }
        if (oldestNs < Long.MAX_VALUE) return oldestNs;
        // It is in the log: not older than what was read from there last.
        return queued.onDisk() > 0 ? queued.lastReadNs() : 0;
    }

    private static long oldest(DeadlineQueue<Delivery> inFlight) {
        if (inFlight.size() == 0) return 0;
        long[] oldestNs = {Long.MAX_VALUE};
        inFlight.forEach(delivery -> oldestNs[0] = Math.min(oldestNs[0], delivery.timestampNs()));
        return oldestNs[0];
    }
}
