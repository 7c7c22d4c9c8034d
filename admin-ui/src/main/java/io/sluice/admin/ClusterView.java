package io.sluice.admin;

import io.sluice.admin.LookupAnswer.Producer;
import io.sluice.daemon.HostAndPort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Merges what many daemons answer into one picture, and keeps why the others did not. Answers may
 * come in any order, but a queue daemon has to be known before its own do.
 */
final class ClusterView {
    private static final VersionOrder VERSIONS = new VersionOrder();

    private final int lookups;
    private final Map<String, QueueNode> nodes = new TreeMap<>();
    private final TreeSet<String> topicNames = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();
    private int lookupsAnswered;

    /** A cluster whose queue daemons are found at that many lookup nodes. */
    static ClusterView ofLookups(int lookups) {
        return new ClusterView(lookups);
    }

    /** A cluster of these queue daemons. */
    static ClusterView ofNodes(Collection<HostAndPort> addresses) {
        ClusterView view = new ClusterView(0);
        addresses.forEach(view::node);
        return view;
    }

    private ClusterView(int lookups) {
        this.lookups = lookups;
    }

    /** The queue daemons known by now. */
    List<QueueNode> nodes() {
        return List.copyOf(nodes.values());
    }

    private QueueNode node(HostAndPort http) {
        return nodes.computeIfAbsent(http.toString(), address -> new QueueNode(http));
    }

    /** A lookup node told both its queue daemons and its topics. */
    void lookupAnswered(
            HostAndPort lookup, LookupAnswer.Nodes registered, LookupAnswer.Topics topics) {
        lookupsAnswered++;
        topicNames.addAll(topics.topics());
        for (Producer producer : registered.producers()) {
            HostAndPort http = producer.http();
            if (http == null) noHttp(producer);
            else node(http).registered(lookup, producer);
        }
    }

    private void noHttp(Producer producer) {
        String problem =
                "nsqd "
                        + producer.broadcastAddress()
                        + " (TCP port "
                        + producer.tcpPort()
                        + ") has no HTTP port, so it cannot be asked: what it holds is missing"
                        + " here.";
        if (!problems.contains(problem)) problems.add(problem);
    }

    /** A lookup node did not answer; {@code why} goes on after "nsqlookupd address ". */
    void lookupFailed(HostAndPort lookup, String why) {
        problems.add(
                "nsqlookupd "
                        + lookup
                        + " "
                        + why
                        + (lookups == 1
                                ? ": no nsqd can be found."
                                : ": an nsqd that only it knows is missing here."));
    }

    /** True when nobody answered whom all else depends on. */
    boolean nothingAnswered() {
        if (lookups > 0) return lookupsAnswered == 0;
        return nodes.values().stream().allMatch(node -> node.problem() != null);
    }

    /** What is missing, a sentence each. */
    List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        for (QueueNode node : nodes.values()) {
            if (node.problem() == null) continue;
            all.add(
                    "nsqd "
                            + node.http()
                            + " "
                            + node.problem()
                            + ": what it holds is missing here.");
        }
        return all;
    }

    Cluster cluster() {
        List<Cluster.Topic> topics = topics();
        return new Cluster(
                topics,
                nodes.values().stream().map(QueueNode::shown).toList(),
                Cluster.Totals.of(topics),
                lookups,
                problems());
    }

    private List<Cluster.Topic> topics() {
        Map<String, Cluster.Topic> all = new TreeMap<>();
        for (QueueNode node : nodes.values()) {
            for (NodeAnswer.Topic topic : node.topics()) {
                all.merge(topic.topicName(), Cluster.Topic.of(topic), Cluster.Topic::plus);
            }
        }
        for (String name : topicNames) all.computeIfAbsent(name, Cluster.Topic::named);
        return new ArrayList<>(all.values());
    }

    /** The names of all topics, those included that only lookup nodes know. */
    List<String> topicNames() {
        return topics().stream().map(Cluster.Topic::name).toList();
    }

    /** The queue daemons in NSQ's form. */
    List<NodeList.Node> nodeList() {
        List<NodeList.Node> listed = new ArrayList<>();
        String newest = nodes.values().stream().map(QueueNode::version).max(VERSIONS).orElse("");
        for (QueueNode node : nodes.values()) {
            NodeList.Node entry = node.listed(VERSIONS.compare(node.version(), newest) < 0);
            if (entry != null) listed.add(entry);
        }
        return listed;
    }
}
