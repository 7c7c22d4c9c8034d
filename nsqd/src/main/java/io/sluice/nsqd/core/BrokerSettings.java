package io.sluice.nsqd.core;

/**
 * What the core is told at its start.
 *
 * @param nodeId 0 to 1023, part of every message id
 * @param memory what messages may take
 * @param maxMsgTimeoutNs longest time a message may be in flight, however often it is touched
 * @param maxChannelConsumers 0 for no limit
 * @param heldUntilOpened true when a new topic holds its messages until {@link Broker#open}
 * @param backlog what may wait at most
 * @param durability of topics that are not given one of their own
 * @param topology whom its channels prefer
 */
public record BrokerSettings(
        int nodeId,
        MemoryLimits memory,
        long maxMsgTimeoutNs,
        int maxChannelConsumers,
        boolean heldUntilOpened,
        BacklogLimits backlog,
        Durability durability,
        Topology topology) {}
