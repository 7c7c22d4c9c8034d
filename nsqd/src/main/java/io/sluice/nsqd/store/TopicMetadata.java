package io.sluice.nsqd.store;

import io.sluice.nsqd.core.Durability;
import io.sluice.protocol.TopicName;
import java.util.List;

/**
 * What is written down of a topic.
 *
 * @param durability what was chosen for this topic; null for the daemon's choice
 */
public record TopicMetadata(
        TopicName name, boolean paused, Durability durability, List<ChannelMetadata> channels) {
    /** Copies the list. */
    public TopicMetadata {
        channels = List.copyOf(channels);
    }
}
