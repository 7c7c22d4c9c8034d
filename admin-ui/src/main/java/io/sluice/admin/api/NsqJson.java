package io.sluice.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.ChannelView;
import io.sluice.admin.cluster.ClusterView;
import io.sluice.admin.cluster.Json;
import io.sluice.admin.cluster.LookupAnswer.Producer;
import io.sluice.admin.cluster.NodeAnswer;
import io.sluice.admin.cluster.QueueNode;
import io.sluice.admin.cluster.TopicView;
import java.util.List;

/**
 * A cluster in NSQ's forms, of the daemons that answer: names and order of keys, and nulls, are its
 * own. Where NSQ mixes up numbers of one daemon and sums, these are what their names say.
 */
final class NsqJson {
    private static final String ALL = "*";

    private final ClusterView view;

    NsqJson(ClusterView view) {
        this.view = view;
    }

    private boolean answers(QueueNode node) {
        return !node.asked().isSilent(view.nowNs());
    }

    /** The daemons that are registered, or given. */
    ArrayNode nodes() {
        ArrayNode all = Json.tree(List.of());
        for (QueueNode node : view.nodes()) {
            Producer producer = node.producer();
            if (producer == null || !node.isPresent()) continue;
            ObjectNode entry = all.addObject();
            List<String> remote = node.remoteAddresses();
            entry.set("remote_addresses", remote.isEmpty() ? null : Json.tree(remote));
            entry.put("remote_address", producer.remoteAddress());
            entry.put("hostname", producer.hostname());
            entry.put("broadcast_address", producer.broadcastAddress());
            entry.put("tcp_port", producer.tcpPort());
            entry.put("http_port", producer.httpPort());
            entry.put("version", producer.version());
            putUnlessEmpty(entry, "topology_zone", producer.topologyZone());
            putUnlessEmpty(entry, "topology_region", producer.topologyRegion());
            var topics = node.nodeTopics();
            entry.set("topics", topics.isEmpty() ? null : Json.tree(topics));
            entry.put("out_of_date", view.isOutOfDate(node));
        }
        return all;
    }

    private static void putUnlessEmpty(ObjectNode object, String key, String value) {
        if (value != null && !value.isEmpty()) object.put(key, value);
    }

    /** A topic with its sums, daemons and channels; null when no daemon that answers has it. */
    ObjectNode topic(TopicView topic) {
        var on = topic.nodes().stream().filter(one -> answers(one.node())).toList();
        if (on.isEmpty()) return null;
        long depth = 0;
        long backend = 0;
        long messages = 0;
        boolean paused = false;
        ArrayNode nodes = Json.tree(List.of());
        E2e latency = new E2e(topic.name(), "", ALL);
        for (TopicView.OnNode one : on) {
            depth += one.topic().depth();
            backend += one.topic().backendDepth();
            messages += one.topic().messageCount();
            paused |= one.topic().paused();
            latency.add(one.topic().e2eProcessingLatency());
            nodes.add(topicOn(one.node(), one.topic()));
        }
        ArrayNode channels = Json.tree(List.of());
        for (ChannelView channel : topic.channels()) {
            ObjectNode sums = channel(channel);
            if (sums != null) channels.add(sums);
        }
        ObjectNode all = topicHead(ALL, "", topic.name());
        putDepths(all, depth, backend);
        all.put("message_count", messages).put("delivery_msg_count", delivered(channels));
        all.set("nodes", nodes);
        all.set("channels", channels);
        all.put("paused", paused);
        all.set("e2e_processing_latency", latency.json(false));
        return all;
    }

    private static long delivered(ArrayNode channels) {
        long sum = 0;
        for (JsonNode channel : channels) sum += channel.path("delivery_msg_count").asLong();
        return sum;
    }

    /** A topic as one daemon has it. */
    ObjectNode topicOn(QueueNode node, NodeAnswer.Topic topic) {
        ObjectNode one = topicHead(node.address(), node.hostname(), topic.topicName());
        putDepths(one, topic.depth(), topic.backendDepth());
        ArrayNode channels = Json.tree(List.of());
        for (NodeAnswer.Channel channel : topic.channels()) {
            channels.add(channelOn(node, topic.topicName(), channel));
        }
        one.put("message_count", topic.messageCount());
        one.put("delivery_msg_count", delivered(channels));
        one.putNull("nodes");
        one.set("channels", channels);
        one.put("paused", topic.paused());
        E2e latency = new E2e(topic.topicName(), "", node.address());
        latency.add(topic.e2eProcessingLatency());
        one.set("e2e_processing_latency", latency.json(true));
        return one;
    }

    private static ObjectNode topicHead(String node, String hostname, String topic) {
        ObjectNode head = Json.object();
        return head.put("node", node).put("hostname", hostname).put("topic_name", topic);
    }

    private static void putDepths(ObjectNode object, long depth, long backend) {
        object.put("depth", depth);
        object.put("memory_depth", depth - backend);
        object.put("backend_depth", backend);
    }

    /** A channel with its sums, daemons and clients; null when no daemon that answers has it. */
    ObjectNode channel(ChannelView channel) {
        ChannelSum sum = new ChannelSum();
        ArrayNode nodes = Json.tree(List.of());
        ArrayNode clients = Json.tree(List.of());
        E2e latency = new E2e(channel.topic(), channel.name(), ALL);
        for (ChannelView.OnNode on : channel.nodes()) {
            if (!answers(on.node())) continue;
            sum.add(on.channel());
            latency.add(on.channel().e2eProcessingLatency());
            ObjectNode one = channelOn(on.node(), channel.topic(), on.channel());
            clients.addAll((ArrayNode) one.get("clients"));
            nodes.add(one);
        }
        if (nodes.isEmpty()) return null;
        ObjectNode all = topicHead(ALL, "", channel.topic());
        all.put("channel_name", channel.name());
        sum.putInto(all);
        all.set("nodes", nodes);
        all.set("clients", clients);
        all.put("paused", sum.isPaused());
        all.set("e2e_processing_latency", latency.json(false));
        return all;
    }

    private ObjectNode channelOn(QueueNode node, String topic, NodeAnswer.Channel channel) {
        ObjectNode one = topicHead(node.address(), node.hostname(), topic);
        one.put("channel_name", channel.channelName());
        ChannelSum sum = new ChannelSum();
        sum.add(channel);
        sum.putInto(one);
        one.putNull("nodes");
        ArrayNode clients = one.putArray("clients");
        for (NodeAnswer.Client client : channel.clients()) clients.add(client(node, client));
        one.put("paused", channel.paused());
        E2e latency = new E2e(topic, channel.channelName(), node.address());
        latency.add(channel.e2eProcessingLatency());
        one.set("e2e_processing_latency", latency.json(true));
        return one;
    }

    private static ObjectNode client(QueueNode node, NodeAnswer.Client client) {
        ObjectNode one = Json.object().put("node", node.address());
        one.put("remote_address", client.remoteAddress()).put("version", client.version());
        one.put("client_id", client.clientId()).put("hostname", client.hostname());
        one.put("user_agent", client.userAgent()).put("connect_ts", client.connectTs());
        long seconds = Math.max(0, System.currentTimeMillis() / 1000 - client.connectTs());
        one.put("connected", seconds * 1_000_000_000L);
        one.put("in_flight_count", client.inFlightCount());
        one.put("ready_count", client.readyCount());
        one.put("finish_count", client.finishCount());
        one.put("requeue_count", client.requeueCount());
        one.put("message_count", client.messageCount());
        one.put("sample_rate", client.sampleRate());
        one.put("deflate", client.deflate()).put("snappy", client.snappy());
        one.put("authed", client.authed()).put("auth_identity", text(client.authIdentity()));
        one.put("auth_identity_url", text(client.authIdentityUrl()));
        Producer at = node.producer();
        if (at != null) {
            putUnlessEmpty(one, "node_topology_region", at.topologyRegion());
            putUnlessEmpty(one, "node_topology_zone", at.topologyZone());
        }
        putUnlessEmpty(one, "topology_region", client.topologyRegion());
        putUnlessEmpty(one, "topology_zone", client.topologyZone());
        one.put("tls", client.tls()).put("tls_cipher_suite", text(client.tlsCipherSuite()));
        one.put("tls_version", text(client.tlsVersion()));
        one.put("tls_negotiated_protocol", text(client.tlsNegotiatedProtocol()));
        one.put("tls_negotiated_protocol_is_mutual", client.tlsNegotiatedProtocolIsMutual());
        return one;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
