package io.sluice.nsqd.core;

import io.sluice.protocol.ChannelName;
import java.util.List;

/**
 * What {@code /stats} shows of a channel. Counters run since the daemon started.
 *
 * @param depth messages waiting, without those in flight and deferred
 * @param messageCount messages that came from the topic
 * @param deliveryCount messages sent to consumers, repetitions included
 * @param droppedCount messages that found an ephemeral channel full
 * @param sampledOutCount messages that a consumer's sample rate left out, for good
 * @param clients null when not asked for
 */
public record ChannelStats(
        ChannelName name,
        int depth,
        int inFlightCount,
        int deferredCount,
        long messageCount,
        long requeueCount,
        long timeoutCount,
        long deliveryCount,
        long droppedCount,
        long sampledOutCount,
        boolean paused,
        int clientCount,
        List<ClientStats> clients) {}
