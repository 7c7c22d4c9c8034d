package io.sluice.nsqd.stats;

import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.TopicName;
import java.util.List;

/**
 * Which part of the statistics is wanted. The names are as somebody typed them, and need not be
 * valid: then there is nothing to show.
 *
 * @param topic only this topic; empty for all
 * @param channel only channels of this name, and topics that have one; empty for all
 * @param withClients whether connections are listed
 */
public record StatsFilter(String topic, String channel, boolean withClients) {
    /** Everything there is. */
    public static final StatsFilter ALL = new StatsFilter("", "", true);

    /** The one topic that is wanted; null when it is more than one or cannot exist. */
    TopicName onlyTopic() {
        return TopicName.isValid(topic) ? new TopicName(topic) : null;
    }

    boolean wants(TopicName name) {
        return topic.isEmpty() || name.value().equals(topic);
    }

    boolean wants(TopicStats stats) {
        return channel.isEmpty() || stats.channels().stream().anyMatch(this::wants);
    }

    boolean wants(ChannelStats stats) {
        return channel.isEmpty() || stats.name().value().equals(channel);
    }

    List<ChannelStats> channelsOf(TopicStats stats) {
        return stats.channels().stream().filter(this::wants).toList();
    }
}
