package io.sluice.admin.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.ChannelView;
import io.sluice.admin.cluster.ClusterView;
import io.sluice.admin.cluster.Counts;
import io.sluice.admin.cluster.Json;
import io.sluice.admin.cluster.LookupAnswer.NodeTopic;
import io.sluice.admin.cluster.QueueNode;
import io.sluice.admin.cluster.TopicView;
import java.util.HashMap;
import java.util.Map;

/** The pages of all queue daemons and of one. */
final class NodeTree {
    private NodeTree() {}

    /** What a daemon holds: depth of topics and channels, all else of channels. */
    private static final class Holding {
        private Counts topics = Counts.NONE;
        private Counts channels = Counts.NONE;

        Counts sum() {
            Counts.Rate rate = channels.rate();
            return new Counts(
                    topics.depth() + channels.depth(),
                    topics.backendDepth() + channels.backendDepth(),
                    channels.inFlight(),
                    channels.deferred(),
                    topics.messages(),
                    channels.requeued(),
                    channels.timedOut(),
                    channels.consumers(),
                    new Counts.Rate(
                            topics.rate().in(), rate.out(), rate.timeouts(), rate.requeues()));
        }
    }

    static ObjectNode nodes(ClusterView view) {
        Map<String, Holding> held = new HashMap<>();
        for (TopicView topic : view.topics()) {
            for (TopicView.OnNode on : topic.nodes()) {
                Holding holding = of(held, on.node());
                holding.topics = holding.topics.plus(on.counts());
            }
            for (ChannelView channel : topic.channels()) {
                for (ChannelView.OnNode on : channel.nodes()) {
                    Holding holding = of(held, on.node());
                    holding.channels = holding.channels.plus(on.counts());
                }
            }
        }
        ObjectNode tree = Json.object();
        Tree.put(tree, "lookups", view.lookups().size());
        Tree.put(tree, "ready", Trees.isReady(view));
        ObjectNode nodes = tree.putObject("nodes");
        for (QueueNode node : view.nodes()) {
            ObjectNode one = nodes.putObject(node.address());
            put(one, node, view);
            Tree.put(one, of(held, node).sum());
        }
        return tree;
    }

    private static Holding of(Map<String, Holding> held, QueueNode node) {
        return held.computeIfAbsent(node.address(), key -> new Holding());
    }

    private static void put(ObjectNode to, QueueNode node, ClusterView view) {
        to.put("state", state(node, view));
        Tree.put(to, "problem", node.asked().problem(view.nowNs()));
        // The moment, not the age: an age would change, and be sent, every second.
        if (node.asked().isSilent(view.nowNs())) {
            long silentS = node.asked().silenceNs(view.nowNs()) / 1_000_000_000;
            Tree.put(to, "silent_since", System.currentTimeMillis() / 1000 - silentS);
        }
        Tree.put(to, "hostname", node.hostname());
        Tree.put(to, "version", node.version());
        Tree.put(to, "old", view.isOutOfDate(node));
        if (node.producer() != null) {
            Tree.put(to, "zone", node.producer().topologyZone());
            Tree.put(to, "region", node.producer().topologyRegion());
            Tree.put(to, "tcp_port", node.producer().tcpPort());
        }
        if (node.stats() != null) {
            Tree.put(to, "started", node.stats().startTime());
            Tree.put(to, "health", node.stats().health());
        }
        Tree.put(to, "registered", node.registeredAt().size());
        long hidden = node.nodeTopics().stream().filter(NodeTopic::tombstoned).count();
        Tree.put(to, "topics", node.topics().size());
        Tree.put(to, "tombstoned", hidden);
        Tree.put(to, "peek", node.can(QueueNode.PEEK));
    }

    /** ok, unhealthy, silent, gone, or new before its first answer. */
    private static String state(QueueNode node, ClusterView view) {
        if (node.asked().isSilent(view.nowNs())) return node.isPresent() ? "silent" : "gone";
        if (node.stats() == null) return "new";
        if (!"OK".equals(node.stats().health())) return "unhealthy";
        return "ok";
    }

    static ObjectNode node(ClusterView view, String address) {
        ObjectNode tree = Json.object().put("node", address);
        Tree.put(tree, "ready", Trees.isReady(view));
        Tree.put(tree, "lookups", view.lookups().size());
        QueueNode node = view.node(address);
        if (node == null) return tree;
        tree.put("exists", true);
        ObjectNode self = tree.putObject("self");
        put(self, node, view);
        ObjectNode topics = tree.putObject("topics");
        ObjectNode clients = tree.putObject("clients");
        Holding holding = new Holding();
        for (TopicView topic : view.topics()) {
            for (TopicView.OnNode on : topic.nodes()) {
                if (on.node() != node) continue;
                holding.topics = holding.topics.plus(on.counts());
                ObjectNode one = topics.putObject(topic.name());
                Tree.put(one, on.counts());
                Tree.put(one, "paused", on.topic().paused());
                Tree.put(one, "tombstoned", node.isTombstoned(topic.name()));
                putChannels(one.putObject("channels"), topic, node, holding, clients);
            }
        }
        Tree.put(self, holding.sum());
        return tree;
    }

    private static void putChannels(
            ObjectNode to, TopicView topic, QueueNode node, Holding holding, ObjectNode clients) {
        for (ChannelView channel : topic.channels()) {
            for (ChannelView.OnNode on : channel.nodes()) {
                if (on.node() != node) continue;
                holding.channels = holding.channels.plus(on.counts());
                ObjectNode one = to.putObject(channel.name());
                Tree.put(one, on.counts());
                Tree.put(one, "paused", on.channel().paused());
            }
            for (ChannelView.Consumer consumer : channel.consumers()) {
                if (consumer.node() != node) continue;
                ObjectNode one = clients.putObject(consumer.client().key());
                one.put("topic", topic.name()).put("channel", channel.name());
                TopicTree.put(one, consumer);
            }
        }
    }
}
