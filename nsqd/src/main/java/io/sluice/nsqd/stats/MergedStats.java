package io.sluice.nsqd.stats;

import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.ClientStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.TopicName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all loops know, as one. A topic is on one loop only; a connection may be known to several:
 * to one as a consumer, and to any as a publisher.
 */
public final class MergedStats {
    private final StatsFilter filter;
    private final List<TopicStats> topics;
    private final Map<Long, ClientStats> connections = new TreeMap<>();

    /** Merges what each loop gave for this filter. */
    public MergedStats(List<LoopStats> loops, StatsFilter filter) {
        this.filter = filter;
        this.topics =
                loops.stream()
                        .flatMap(loop -> loop.topics().stream())
                        .filter(topic -> filter.wants(topic.name()))
                        .sorted(Comparator.comparing(TopicStats::name))
                        .toList();
        for (LoopStats loop : loops) {
            loop.connections().forEach((n, c) -> connections.merge(n, c, MergedStats::merge));
        }
    }

    private static ClientStats merge(ClientStats one, ClientStats other) {
        Map<TopicName, Long> counts = new HashMap<>(one.publishCounts());
        other.publishCounts().forEach((topic, n) -> counts.merge(topic, n, Long::sum));
        return withCounts(one.state() == ClientStats.INIT ? other : one, counts);
    }

    /** True when one topic was asked for that does not exist. */
    public boolean isUnknownTopic() {
        return !filter.topic().isEmpty() && topics.isEmpty();
    }

    /** The topics by name; null when only one was asked for, and it does not exist. */
    public List<TopicStats> topics() {
        if (isUnknownTopic()) return null;
        return topics.stream().filter(filter::wants).map(this::shown).toList();
    }

    /**
     * Connections that ever published, to whatever topic, in the order in which they came; null
     * when there are none, or none were asked for, or the only topic asked for does not exist.
     */
    public List<ClientStats> producers() {
        if (!filter.withClients() || isUnknownTopic()) return null;
        List<ClientStats> producers =
                connections.values().stream()
                        .filter(client -> !client.publishCounts().isEmpty())
                        .map(this::shown)
                        .toList();
        return producers.isEmpty() ? null : producers;
    }

    private TopicStats shown(TopicStats topic) {
        return new TopicStats(
                topic.name(),
                topic.depth(),
                topic.diskDepth(),
                topic.oldestNs(),
                topic.messageCount(),
                topic.messageBytes(),
                topic.droppedCount(),
                topic.paused(),
                topic.store(),
                filter.channelsOf(topic).stream().map(this::shown).toList(),
                topic.latency());
    }

    private ChannelStats shown(ChannelStats channel) {
        return new ChannelStats(
                channel.name(),
                channel.memoryDepth(),
                channel.diskDepth(),
                channel.inFlightCount(),
                channel.deferredCount(),
                channel.messageCount(),
                channel.requeueCount(),
                channel.timeoutCount(),
                channel.deliveries(),
                channel.droppedCount(),
                channel.sampledOutCount(),
                channel.evictedCount(),
                channel.expiredCount(),
                channel.oldest(),
                channel.heldBytes(),
                channel.paused(),
                channel.clientCount(),
                channel.clients() == null ? null : merged(channel.clients()),
                channel.latency());
    }

    private List<ClientStats> merged(List<ClientStats> clients) {
        return clients.stream()
                .map(client -> shown(connections.get(client.settings().connection())))
                .toList();
    }

    private ClientStats shown(ClientStats client) {
        Map<TopicName, Long> counts = new TreeMap<>(client.publishCounts());
        counts.keySet().removeIf(topic -> !filter.wants(topic));
        return withCounts(client, counts);
    }

    private static ClientStats withCounts(ClientStats client, Map<TopicName, Long> counts) {
        return new ClientStats(
                client.settings(),
                client.state(),
                client.readyCount(),
                client.inFlightCount(),
                client.messageCount(),
                client.finishCount(),
                client.requeueCount(),
                counts);
    }
}
