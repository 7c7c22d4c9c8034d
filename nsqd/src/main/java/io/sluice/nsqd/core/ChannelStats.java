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
 * @param oldest when the oldest were published that wait and that are in flight
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
        Oldest oldest,
        long heldBytes,
        boolean paused,
        int clientCount,
        List<ClientStats> clients,
        LatencyStats latency) {
    static ChannelStats of(
            Channel channel,
            Waiting waiting,
            DeadlineQueue<Delivery> inFlight,
            Consumers consumers,
            List<ClientStats> clients,
            LatencyStats latency) {
        ChannelCounts counts = channel.counts();
        return new ChannelStats(
                channel.name(),
                waiting.queued().inMemory(),
                waiting.queued().onDisk(),
                inFlight.size(),
                waiting.deferred().size(),
                counts.messages,
                counts.requeues,
                counts.timeouts,
                counts.deliveries(),
                counts.dropped,
                counts.sampledOut,
                counts.evicted,
                counts.expired,
                Oldest.of(waiting.queued(), inFlight),
                waiting.heldBytes(channel),
                channel.isPaused(),
                consumers.count(),
                clients,
                latency);
    }

    /** Messages waiting, wherever they are. */
    public long depth() {
        return memoryDepth + diskDepth;
    }
}
