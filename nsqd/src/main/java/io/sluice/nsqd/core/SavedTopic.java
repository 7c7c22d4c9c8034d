package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.Set;

/**
 * A topic that was there before a restart.
 *
 * @param chosen the durability that it was given; null for the daemon's
 * @param pausedChannels names of those of its channels that are paused
 * @param state what there is to deliver
 */
public record SavedTopic(
        TopicName name,
        boolean paused,
        Durability chosen,
        Set<ChannelName> pausedChannels,
        TopicState state) {
    /** Copies the set. */
    public SavedTopic {
        pausedChannels = Set.copyOf(pausedChannels);
    }
}
