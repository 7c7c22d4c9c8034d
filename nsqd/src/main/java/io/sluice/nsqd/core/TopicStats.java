package io.sluice.nsqd.core;

import io.sluice.protocol.TopicName;
import java.util.List;

/**
 * What {@code /stats} shows of a topic. Counters run since the daemon started.
 *
 * @param depth messages that have not gone to any channel yet
 * @param diskDepth those of them that are in the log only
 * @param messageCount messages accepted
 * @param messageBytes bytes of their bodies
 * @param oldestNs when the first that waits here was published, nanoseconds since the epoch; 0 for
 *     none, and where it is not known
 * @param droppedCount messages that found an ephemeral topic full
 */
public record TopicStats(
        TopicName name,
        long depth,
        long diskDepth,
        long oldestNs,
        long messageCount,
        long messageBytes,
        long droppedCount,
        boolean paused,
        StoreStats store,
        List<ChannelStats> channels,
        LatencyStats latency) {}
