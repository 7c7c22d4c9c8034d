package io.sluice.admin.cluster;

import io.sluice.admin.cluster.Counts.Rate;
import io.sluice.admin.cluster.LookupAnswer.NodeTopic;
import io.sluice.admin.cluster.LookupAnswer.Producer;
import io.sluice.daemon.HostAndPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One queue daemon: where it is registered, its last answer, and how it has been answering. */
public final class QueueNode {
    /** The feature of showing messages without taking them. */
    public static final String PEEK = "peek";

    /** The feature of saying when the oldest message was published. */
    public static final String OLDEST = "oldest";

    /** The feature of having deferred messages wait for a consumer at once. */
    public static final String REQUEUE = "requeue";

    /** The feature of moving messages to another topic. */
    public static final String MOVE = "move";

    private final HostAndPort http;
    private final boolean given;
    private final Asked asked = new Asked();
    private final Rates rates = new Rates();
    private final Map<String, Producer> registrations = new TreeMap<>();
    private Producer lastRegistered;
    private NodeAnswer.Info info;
    private NodeAnswer.Stats stats;
    private boolean restarted;
    private long goneNs;

    /** {@code given}: named on the command line, so that it need not be registered anywhere. */
    QueueNode(HostAndPort http, boolean given) {
        this.http = http;
        this.given = given;
    }

    /** Where its HTTP API is. */
    public HostAndPort http() {
        return http;
    }

    /** Its name in lists and paths: host:port of its HTTP API. */
    public String address() {
        return http.toString();
    }

    /** How it answers. */
    public Asked asked() {
        return asked;
    }

    void registered(HostAndPort lookup, Producer as) {
        registrations.put(lookup.toString(), as);
        lastRegistered = as;
        goneNs = 0;
    }

    void unregistered(HostAndPort lookup, long nowNs) {
        if (registrations.remove(lookup.toString()) != null && registrations.isEmpty()) {
            goneNs = nowNs;
        }
    }

    void answered(NodeAnswer.Info answer) {
        info = answer;
    }

    void answered(NodeAnswer.Stats answer, long nowNs) {
        restarted = stats != null && stats.startTime() != answer.startTime();
        if (restarted) info = null;
        rates.answered(answer, nowNs);
        stats = answer;
        asked.answered(nowNs);
    }

    /** What it can do has to be asked again: it is new, or has been restarted. */
    boolean needsInfo() {
        return info == null;
    }

    /** True when it is named on the command line or some lookup node has it. */
    public boolean isPresent() {
        return given || !registrations.isEmpty();
    }

    /** When its last registration ended; 0 while it has one. */
    long goneNs() {
        return goneNs;
    }

    /** The lookup nodes that have it. */
    public List<String> registeredAt() {
        return List.copyOf(registrations.keySet());
    }

    /** How lookup nodes know it, as {@code lookup/address}. */
    public List<String> remoteAddresses() {
        List<String> all = new ArrayList<>();
        registrations.forEach((lookup, as) -> all.add(lookup + "/" + as.remoteAddress()));
        return all;
    }

    /** As it is registered, or as it describes itself; null when nobody has said. */
    public Producer producer() {
        if (!registrations.isEmpty()) return registrations.values().iterator().next();
        if (info != null) return info.producer();
        return lastRegistered;
    }

    /** Its version; empty when nobody has said. */
    public String version() {
        if (stats != null && !stats.version().isEmpty()) return stats.version();
        return producer() == null ? "" : producer().version();
    }

    /** The name of its host; empty when nobody has said. */
    public String hostname() {
        return producer() == null ? "" : producer().hostname();
    }

    /** Whether it offers something that NSQ's daemon does not. */
    public boolean can(String feature) {
        return info != null && info.features().contains(feature);
    }

    /** Its last answer; null when there has been none. */
    public NodeAnswer.Stats stats() {
        return stats;
    }

    /** What it holds, as of its last answer. */
    public List<NodeAnswer.Topic> topics() {
        return stats == null ? List.of() : stats.topics();
    }

    /** What it does with a topic now, which is nothing as long as it is silent. */
    Rate rate(String topic, long nowNs) {
        return asked.isSilent(nowNs) ? Rate.NONE : rates.of(topic);
    }

    Rate rate(String topic, String channel, long nowNs) {
        return asked.isSilent(nowNs) ? Rate.NONE : rates.of(topic, channel);
    }

    Rates.Consumer consumer(NodeAnswer.Client client) {
        return rates.of(client);
    }

    /** Its topics as registered; as it says itself where it is registered nowhere. */
    public List<NodeTopic> nodeTopics() {
        if (!registrations.isEmpty()) return producer().nodeTopics();
        return topics().stream().map(topic -> new NodeTopic(topic.topicName(), false)).toList();
    }

    /** True when some lookup node hides it from the consumers of this topic. */
    public boolean isTombstoned(String topic) {
        return registrations.values().stream()
                .flatMap(as -> as.nodeTopics().stream())
                .anyMatch(entry -> entry.tombstoned() && entry.topic().equals(topic));
    }
}
