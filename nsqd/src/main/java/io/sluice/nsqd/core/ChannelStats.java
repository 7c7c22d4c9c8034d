package io.sluice.nsqd.core;

import io.sluice.protocol.ChannelName;
import java.util.List;

/**
 * What {@code /stats} shows of a channel. Counters run since the daemon started.
 *
 * @param memoryDepth messages waiting in memory, without those in flight and deferred
 * @param diskDepth messages waiting in the log only
 * @param messageCount messages that came from the topic
 * @param deliveries messages sent to consumers
 * @param droppedCount messages that found an ephemeral channel full
 * @param sampledOutCount messages that a consumer's sample rate left out, for good
 * @param evictedCount messages that were dropped for newer ones, as a limit has it
 * @param expiredCount messages that were dropped because they had waited too long
 * @param heldBytes of the topic's log on disk that stay because of this channel
 * @param clients null when not asked for
 */
public record ChannelStats(
        ChannelName name,
        int memoryDepth,
        long diskDepth,
        int inFlightCount,
        long deferredCount,
        long messageCount,
        long requeueCount,
        long timeoutCount,
        DeliveryCounts deliveries,
        long droppedCount,
        long sampledOutCount,
        long evictedCount,
        long expiredCount,
        long heldBytes,
        boolean paused,
        int clientCount,
        List<ClientStats> clients) {
    static ChannelStats of(
            Channel channel,
            Waiting waiting,
            int inFlightCount,
            int clientCount,
            List<ClientStats> clients) {
        ChannelCounts counts = channel.counts();
        return new ChannelStats(
                channel.name(),
                waiting.queued().inMemory(),
                waiting.queued().onDisk(),
                inFlightCount,
                waiting.deferred().size(),
                counts.messages,
                counts.requeues,
                counts.timeouts,
                counts.deliveries(),
                counts.dropped,
                counts.sampledOut,
                counts.evicted,
                counts.expired,
                waiting.heldBytes(channel),
                channel.isPaused(),
                clientCount,
                clients);
    }

    /** Messages waiting, wherever they are. */
    public long depth() {
        return memoryDepth + diskDepth;
    }
}
