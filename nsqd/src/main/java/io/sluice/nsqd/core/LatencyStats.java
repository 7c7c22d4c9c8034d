package io.sluice.nsqd.core;

import java.util.List;

/**
 * What {@code /stats} shows of the times from publication to FIN.
 *
 * @param count of messages that were finished of late
 * @param percentiles the highest first; null when nobody wants to know
 */
public record LatencyStats(long count, List<Percentile> percentiles) {
    /** Nothing is measured. */
    public static final LatencyStats NONE = new LatencyStats(0, null);

    /**
     * The time that this share of the messages did not exceed.
     *
     * @param quantile above 0, 1 at most
     * @param valueNs 0 when there were no messages
     */
    public record Percentile(double quantile, long valueNs) {}
}
