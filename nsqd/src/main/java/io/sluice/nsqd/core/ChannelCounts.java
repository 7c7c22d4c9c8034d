package io.sluice.nsqd.core;

/** What has happened in a channel since the daemon started. */
final class ChannelCounts {
    long messages;
    long requeues;
    long timeouts;
    long deliveries;
    long dropped;
    long sampledOut;
    long evicted;
    long expired;
}
