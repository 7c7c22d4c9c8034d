package io.sluice.nsqd.core;

/** What has happened in a channel since the daemon started. */
final class ChannelCounts {
    final Latencies latencies;
    long messages;
    long requeues;
    long timeouts;
    long deliveries;
    long dropped;
    long sampledOut;
    long evicted;
    long expired;

    ChannelCounts(Latencies latencies) {
        this.latencies = latencies;
    }
}
