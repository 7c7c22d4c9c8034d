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

    /** Those of the topics that have to be looked at. */
    public List<TopicName> of(List<TopicName> all) {
        // With clients all of them, for a publisher may be a consumer of any.
        return withClients ? all : all.stream().filter(this::wants).toList();
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
