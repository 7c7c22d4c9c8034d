package io.sluice.nsqd.core;

/** What has happened in a channel since the daemon started. */
final class ChannelCounts {
    long messages;
    long requeues;
    long timeouts;
    final long[] deliveries = new long[Nearness.values().length];
    long dropped;
    long sampledOut;
    long evicted;
    long expired;

    void delivered(Nearness to) {
        deliveries[to.ordinal()]++;
    }

    DeliveryCounts deliveries() {
        return new DeliveryCounts(
                deliveries[Nearness.ZONE.ordinal()],
                deliveries[Nearness.REGION.ordinal()],
                deliveries[Nearness.GLOBAL.ordinal()]);
    }
}
