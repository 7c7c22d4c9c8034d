package io.sluice.nsqd.core;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;

/** A topic or channel came, went, or is not as it was. */
public sealed interface TopologyEvent {
    /** A topic came. It may be held until {@link Broker#open}. */
    record TopicCreated(TopicName topic) implements TopologyEvent {}

    /** A topic went, after all its channels. */
    record TopicDeleted(TopicName topic) implements TopologyEvent {}

    /** A channel came. */
    record ChannelCreated(TopicName topic, ChannelName channel) implements TopologyEvent {}

    /** Something else about a topic or its channels that outlives the daemon. */
    record Changed(TopicName topic) implements TopologyEvent {}

    /** A channel went. */
    record ChannelDeleted(TopicName topic, ChannelName channel) implements TopologyEvent {}
}
