package io.sluice.nsqd.core;

/**
 * What the core is told at its start.
 *
 * @param nodeId 0 to 1023, part of every message id
 * @param memQueueSize messages that a topic, and each channel, holds at most: waiting and deferred
 * @param maxMsgTimeoutNs longest time a message may be in flight, however often it is touched
 * @param maxChannelConsumers 0 for no limit
 * @param heldUntilOpened true when a new topic holds its messages until {@link Broker#open}
 */
public record BrokerSettings(
        int nodeId,
        int memQueueSize,
        long maxMsgTimeoutNs,
        int maxChannelConsumers,
        boolean heldUntilOpened) {}
