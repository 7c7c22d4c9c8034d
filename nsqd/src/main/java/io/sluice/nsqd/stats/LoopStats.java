package io.sluice.nsqd.stats;

import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.ClientStats;
import io.sluice.nsqd.core.TopicStats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one loop knows: at least what a filter asks for.
 *
 * @param topics by name, each as it was at one moment
 * @param publishers connections that published on this loop; none when not asked for
 */
public record LoopStats(List<TopicStats> topics, List<ClientStats> publishers) {
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
