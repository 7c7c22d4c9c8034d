package io.sluice.admin.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.Attention;
import io.sluice.admin.cluster.ChannelView;
import io.sluice.admin.cluster.ChannelView.Consumer;
import io.sluice.admin.cluster.ClusterView;
import io.sluice.admin.cluster.Finding;
import io.sluice.admin.cluster.Json;
import io.sluice.admin.cluster.NodeAnswer.Client;
import io.sluice.admin.cluster.QueueNode;
import io.sluice.admin.cluster.TopicView;
import io.sluice.admin.cluster.Verdict;
import java.util.List;

/** The pages of one topic and of one channel. */
final class TopicTree {
    private TopicTree() {}

    static ObjectNode topic(ClusterView view, String name) {
        ObjectNode tree = Json.object().put("topic", name);
        Tree.put(tree, "ready", Trees.isReady(view));
        Tree.put(tree, "lookups", view.lookups().size());
        ObjectNode all = tree.putObject("all_nodes");
        for (QueueNode node : view.nodes()) {
            if (!node.asked().isSilent(view.nowNs())) all.put(node.address(), true);
        }
        TopicView topic = view.topic(name);
        if (topic == null) return tree;
        tree.put("exists", true);
        ObjectNode own = tree.putObject("own");
        Tree.put(own, topic.counts());
        Tree.put(tree.putObject("sum"), topic.channelCounts());
        Tree.put(tree, "paused", topic.pausedNodes());
        ObjectNode findings = tree.putObject("findings");
        int order = 0;
        for (Finding finding : Attention.of(view)) {
            if (finding.topic().equals(name)) Tree.put(findings, finding, order++);
        }
        ObjectNode nodes = tree.putObject("nodes");
        for (TopicView.OnNode on : topic.nodes()) {
            ObjectNode one = nodes.putObject(on.node().address());
            Tree.put(one, on.counts());
            Tree.putLatency(one, on.topic().e2eProcessingLatency());
            Tree.putLatency(own, on.topic().e2eProcessingLatency());
            putOldest(one, "oldest", on.topic().oldestTimestamp());
            putOldest(own, "oldest", on.topic().oldestTimestamp());
            Tree.put(one, "channels", on.topic().channels().size());
            Tree.put(one, "paused", on.topic().paused());
            put(one, on.node(), name, view);
        }
        ObjectNode channels = tree.putObject("channels");
        for (ChannelView channel : topic.channels()) {
            ObjectNode one = channels.putObject(channel.name());
            Tree.put(one, channel.counts());
            putOldest(one, "oldest", channel.oldestNs());
            Tree.put(one, "nodes", channel.nodes().size());
            Tree.put(one, "paused", channel.pausedNodes());
        }
        return tree;
    }

    private static void put(ObjectNode one, QueueNode node, String topic, ClusterView view) {
        Tree.put(one, "hostname", node.hostname());
        Tree.put(one, "tombstoned", node.isTombstoned(topic));
        Tree.put(one, "says_oldest", node.can(QueueNode.OLDEST));
        for (String feature : List.of(QueueNode.PEEK, QueueNode.REQUEUE, QueueNode.MOVE)) {
            Tree.put(one, feature, node.can(feature));
        }
        Tree.put(one, "problem", node.asked().problem(view.nowNs()));
    }

    static ObjectNode channel(ClusterView view, String topicName, String name) {
        ObjectNode tree = Json.object().put("topic", topicName).put("channel", name);
        Tree.put(tree, "ready", Trees.isReady(view));
        TopicView topic = view.topic(topicName);
        ChannelView channel = topic == null ? null : topic.find(name);
        if (channel == null) return tree;
        tree.put("exists", true);
        ObjectNode sum = tree.putObject("sum");
        Tree.put(sum, channel.counts());
        Tree.put(tree, "paused", channel.pausedNodes());
        Tree.put(tree, "topic_paused", topic.pausedNodes());
        if (channel.drainSeconds() >= 0) tree.put("drain_s", channel.drainSeconds());
        ObjectNode verdict = tree.putObject("verdict");
        List<Finding> findings = Verdict.of(channel);
        for (int i = 0; i < findings.size(); i++) Tree.put(verdict, findings.get(i), i);
        ObjectNode nodes = tree.putObject("nodes");
        for (ChannelView.OnNode on : channel.nodes()) {
            ObjectNode one = nodes.putObject(on.node().address());
            Tree.put(one, on.counts());
            Tree.putLatency(one, on.channel().e2eProcessingLatency());
            Tree.putLatency(sum, on.channel().e2eProcessingLatency());
            for (ObjectNode to : List.of(one, sum)) {
                putOldest(to, "oldest", on.channel().oldestTimestamp());
                putOldest(to, "oldest_in_flight", on.channel().oldestInFlightTimestamp());
            }
            Tree.put(one, "paused", on.channel().paused());
            put(one, on.node(), topicName, view);
        }
        ObjectNode clients = tree.putObject("clients");
        for (Consumer consumer : channel.consumers()) {
            String key = consumer.node().address() + " " + consumer.client().key();
            put(clients.putObject(key), consumer);
        }
        return tree;
    }

    /** The moment, in seconds since 1970: the earliest of those that are put there. */
    private static void putOldest(ObjectNode to, String key, long ns) {
        if (ns == 0) return;
        long seconds = ns / 1_000_000_000;
        to.put(key, to.has(key) ? Math.min(seconds, to.get(key).longValue()) : seconds);
    }

    static void put(ObjectNode to, Consumer consumer) {
        Client client = consumer.client();
        Tree.put(to, "id", client.clientId());
        Tree.put(to, "host", client.hostname());
        Tree.put(to, "address", client.remoteAddress());
        Tree.put(to, "agent", client.userAgent());
        Tree.put(to, "node", consumer.node().address());
        Tree.put(to, "ready", client.readyCount());
        Tree.put(to, "in_flight", client.inFlightCount());
        Tree.put(to, "finished", client.finishCount());
        Tree.put(to, "requeued", client.requeueCount());
        Tree.put(to, "timed_out", client.timedOut());
        Tree.put(to, "messages", client.messageCount());
        Tree.put(to, "rate", consumer.finishedPerSecond());
        Tree.put(to, "since", client.connectTs());
        Tree.put(to, "sample", client.sampleRate());
        Tree.put(to, "tls", client.tls());
        Tree.put(to, "deflate", client.deflate());
        Tree.put(to, "snappy", client.snappy());
        Tree.put(to, "authed", client.authed());
        Tree.put(to, "identity", client.authIdentity());
        Tree.put(to, "zone", client.topologyZone());
        Tree.put(to, "stuck", consumer.isStuck());
        Tree.put(to, "saturated", consumer.isSaturated());
        // To five seconds: a number that changes with every tick would be sent with every tick.
        long idleS = consumer.idleNs() / 5_000_000_000L * 5;
        if (consumer.everFinished() || idleS >= 10) to.put("idle_s", idleS);
        Tree.put(to, "finishes", consumer.everFinished());
    }
}
