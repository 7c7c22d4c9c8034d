package io.sluice.admin;

import io.sluice.admin.LookupAnswer.NodeTopic;
import io.sluice.admin.LookupAnswer.Producer;
import io.sluice.daemon.HostAndPort;
import java.util.ArrayList;
import java.util.List;

/** One queue daemon: what is known of it, and what it answered. */
final class QueueNode {
    private final HostAndPort http;
    private final List<String> remoteAddresses = new ArrayList<>();
    private Producer producer;
    private NodeAnswer.Stats stats;
    private String problem = "not asked yet";

    QueueNode(HostAndPort http) {
        this.http = http;
    }

    HostAndPort http() {
        return http;
    }

    /** A lookup node knows it; what the first one says counts. */
    void registered(HostAndPort lookup, Producer as) {
        remoteAddresses.add(lookup + "/" + as.remoteAddress());
        if (producer == null) producer = as;
    }

    void answered(NodeAnswer.Info info) {
        producer = info.producer();
    }

    void answered(NodeAnswer.Stats answer) {
        stats = answer;
        problem = null;
    }

    void failed(String why) {
        problem = why;
    }

    String problem() {
        return problem;
    }

    String version() {
        if (producer != null) return producer.version();
        return stats == null ? "" : stats.version();
    }

    /** What it holds; nothing when it did not answer. */
    List<NodeAnswer.Topic> topics() {
        return stats == null ? List.of() : stats.topics();
    }

    Cluster.Node shown() {
        List<Cluster.Topic> own = topics().stream().map(Cluster.Topic::of).toList();
        Cluster.Totals totals = Cluster.Totals.of(own);
        return new Cluster.Node(
                http.toString(),
                producer == null ? "" : producer.hostname(),
                version(),
                problem,
                stats == null ? "" : stats.health(),
                stats == null ? 0 : stats.startTime(),
                remoteAddresses.size(),
                nodeTopics().size(),
                (int) nodeTopics().stream().filter(NodeTopic::tombstoned).count(),
                totals.depth(),
                totals.inFlight(),
                totals.messages(),
                totals.consumers());
    }

    /** Its entry in NSQ's {@code /api/nodes}; null when nobody could say what it is. */
    NodeList.Node listed(boolean outOfDate) {
        if (producer == null) return null;
        List<NodeTopic> topics = nodeTopics();
        return new NodeList.Node(
                remoteAddresses.isEmpty() ? null : List.copyOf(remoteAddresses),
                producer.remoteAddress(),
                producer.hostname(),
                producer.broadcastAddress(),
                producer.tcpPort(),
                producer.httpPort(),
                producer.version(),
                producer.topologyZone(),
                producer.topologyRegion(),
                topics.isEmpty() ? null : topics,
                outOfDate);
    }

    /** As registered; as it says itself where nobody registers. */
    private List<NodeTopic> nodeTopics() {
        if (!remoteAddresses.isEmpty()) return producer.nodeTopics();
        return topics().stream().map(topic -> new NodeTopic(topic.topicName(), false)).toList();
    }
}
