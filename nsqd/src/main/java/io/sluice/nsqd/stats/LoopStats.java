package io.sluice.nsqd.stats;

import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.ClientStats;
import io.sluice.nsqd.core.TopicStats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one loop knows, at one moment: at least what a filter asks for.
 *
 * @param publishers connections that published on this loop; none when not asked for
 */
public record LoopStats(List<TopicStats> topics, List<ClientStats> publishers) {
    /** Takes the numbers down. To be called on the loop of the broker. */
    public static LoopStats take(Broker broker, StatsFilter filter, long nowNs) {
        if (!filter.withClients()) {
            return new LoopStats(broker.stats(filter.onlyTopic(), null, false, nowNs), List.of());
        }
        // All topics, for a publisher may be a consumer of any of them.
        return new LoopStats(broker.stats(null, null, true, nowNs), broker.publishers());
    }

    /** The connections by their number: the same one may publish and consume. */
    Map<Long, ClientStats> connections() {
        Map<Long, ClientStats> connections = new HashMap<>();
        for (ClientStats publisher : publishers) add(publisher, connections);
        for (TopicStats topic : topics) {
            for (ChannelStats channel : topic.channels()) {
                if (channel.clients() == null) continue;
                for (ClientStats client : channel.clients()) add(client, connections);
            }
        }
        return connections;
    }

    private static void add(ClientStats client, Map<Long, ClientStats> connections) {
        connections.put(client.settings().connection(), client);
    }
}
