package io.sluice.admin.cluster;

import io.sluice.admin.cluster.ChannelView.Consumer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A cluster at one moment, summed over its queue daemons, with what is missing from the sums. */
public final class ClusterView {
    private static final VersionOrder VERSIONS = new VersionOrder();

    private final List<LookupNode> lookups;
    private final List<QueueNode> nodes;
    private final Map<String, TopicView> topics = new TreeMap<>();
    private final boolean givenNodes;
    private final long nowNs;
    private final String newestVersion;

    ClusterView(
            Collection<LookupNode> lookups,
            Collection<QueueNode> nodes,
            boolean givenNodes,
            long nowNs) {
        this.lookups = List.copyOf(lookups);
        this.nodes = List.copyOf(nodes);
        this.givenNodes = givenNodes;
        this.nowNs = nowNs;
        this.newestVersion = nodes.stream().map(QueueNode::version).max(VERSIONS).orElse("");
        for (QueueNode node : nodes) add(node);
        for (LookupNode lookup : lookups) {
            for (String name : lookup.topics()) topic(topics, name);
        }
    }

    private static TopicView topic(Map<String, TopicView> topics, String name) {
        return topics.computeIfAbsent(name, TopicView::new);
    }

    private void add(QueueNode node) {
        boolean silent = node.asked().isSilent(nowNs);
        // What is gone and does not answer either is no part of the cluster any more.
        if (silent && !node.isPresent()) return;
        for (NodeAnswer.Topic on : node.topics()) {
            TopicView topic = topic(topics, on.topicName());
            Counts counts = Counts.of(on, node.rate(on.topicName(), nowNs));
            topic.add(node, on, counts);
            for (NodeAnswer.Channel channel : on.channels()) {
                String name = channel.channelName();
                Counts sums = Counts.of(channel, node.rate(on.topicName(), name, nowNs));
                List<Consumer> consumers = new ArrayList<>();
                if (!silent) {
                    for (NodeAnswer.Client client : channel.clients()) {
                        consumers.add(Consumer.of(node, client, nowNs));
                    }
                }
                topic.channel(name).add(node, channel, silent ? sums.still() : sums, consumers);
            }
        }
    }

    /** The moment, by the clock of the collector. */
    public long nowNs() {
        return nowNs;
    }

    /** The lookup nodes; none when the queue daemons were given. */
    public List<LookupNode> lookups() {
        return lookups;
    }

    /** The queue daemons by address, those included that are gone since a short while. */
    public List<QueueNode> nodes() {
        return nodes;
    }

    /** The daemon of that address; null when there is none. */
    public QueueNode node(String address) {
        for (QueueNode node : nodes) {
            if (node.address().equals(address)) return node;
        }
        return null;
    }

    /** The topics by name, those included that only lookup nodes know. */
    public Collection<TopicView> topics() {
        return topics.values();
    }

    /** The topic of that name; null when nobody knows it. */
    public TopicView topic(String name) {
        return topics.get(name);
    }

    /** True when a newer version than this one runs somewhere. */
    public boolean isOutOfDate(QueueNode node) {
        return VERSIONS.compare(node.version(), newestVersion) < 0;
    }

    /** Sums over everything; the depth is that of topics and of channels. */
    public Counts totals() {
        double in = 0;
        long messages = 0;
        Counts channels = Counts.NONE;
        long waiting = 0;
        long onDisk = 0;
        for (TopicView topic : topics.values()) {
            in += topic.counts().rate().in();
            messages += topic.counts().messages();
            waiting += topic.counts().depth();
            onDisk += topic.counts().backendDepth();
            for (ChannelView channel : topic.channels()) channels = channels.plus(channel.counts());
        }
        Counts.Rate rate = channels.rate();
        return new Counts(
                channels.depth() + waiting,
                channels.backendDepth() + onDisk,
                channels.inFlight(),
                channels.deferred(),
                messages,
                channels.requeued(),
                channels.timedOut(),
                channels.consumers(),
                new Counts.Rate(in, rate.out(), rate.timeouts(), rate.requeues()));
    }

    /** True when nobody answered whom all else depends on. */
    public boolean nothingAnswers() {
        if (givenNodes) return nodes.stream().allMatch(node -> node.asked().isSilent(nowNs));
        return lookups.stream().allMatch(lookup -> lookup.asked().isSilent(nowNs));
    }

    /** What is missing or old, a sentence each. */
    public List<String> problems() {
        TreeSet<String> all = new TreeSet<>();
        for (LookupNode lookup : lookups) {
            String problem = lookup.asked().problem(nowNs);
            if (problem == null) continue;
            all.add(
                    "nsqlookupd "
                            + lookup.address()
                            + " "
                            + problem
                            + (lookups.size() == 1
                                    ? ": no nsqd can be found."
                                    : ": an nsqd that only it knows is missing here."));
        }
        for (LookupNode lookup : lookups) {
            for (LookupAnswer.Producer producer : lookup.producers()) {
                if (producer.http() == null) all.add(withoutHttp(producer));
            }
        }
        for (QueueNode node : nodes) {
            String problem = node.asked().problem(nowNs);
            if (problem == null || !node.isPresent()) continue;
            all.add("nsqd " + node.address() + " " + problem + ": what it holds is missing here.");
        }
        return List.copyOf(all);
    }

    private static String withoutHttp(LookupAnswer.Producer producer) {
        return "nsqd "
                + producer.broadcastAddress()
                + " (TCP port "
                + producer.tcpPort()
                + ") has no HTTP port, so it cannot be asked: what it holds is missing here.";
    }
}
