package io.sluice.admin.cluster;

import io.sluice.daemon.HostAndPort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** One lookup node and its last answer. */
public final class LookupNode {
    private final HostAndPort http;
    private final Asked asked = new Asked();
    private List<LookupAnswer.Producer> producers = List.of();
    private List<String> topics = List.of();
    private Map<String, List<String>> inactive = Map.of();

    LookupNode(HostAndPort http) {
        this.http = http;
    }

    /** Where its HTTP API is. */
    public HostAndPort http() {
        return http;
    }

    /** Its name in lists. */
    public String address() {
        return http.toString();
    }

    /** How it answers. */
    public Asked asked() {
        return asked;
    }

    void answered(LookupAnswer.Nodes nodes, LookupAnswer.Topics names) {
        producers = nodes.producers();
        topics = names.topics();
    }

    void inactive(Map<String, List<String>> channelsByTopic) {
        inactive = new TreeMap<>(channelsByTopic);
    }

    /** The queue daemons registered with it. */
    public List<LookupAnswer.Producer> producers() {
        return producers;
    }

    /** The topics that it knows. */
    public List<String> topics() {
        return topics;
    }

    /** The topics that nobody produces, each with its channels. */
    public Map<String, List<String>> inactive() {
        return inactive;
    }

    /** The topics that it knows of no daemon that is not hidden. */
    List<String> withoutProducer() {
        TreeSet<String> names = new TreeSet<>(topics);
        for (LookupAnswer.Producer producer : producers) {
            for (LookupAnswer.NodeTopic topic : producer.nodeTopics()) {
                if (!topic.tombstoned()) names.remove(topic.topic());
            }
        }
        return List.copyOf(names);
    }
}
