package io.sluice.admin.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.ChannelView;
import io.sluice.admin.cluster.ClusterView;
import io.sluice.admin.cluster.Json;
import io.sluice.admin.cluster.QueueNode;
import io.sluice.admin.cluster.TopicView;
import io.sluice.admin.cluster.Upstream;
import io.sluice.daemon.HttpError;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages of a channel, looked at without taking them, where a daemon can do that. */
final class Peek {
    /** Messages of each daemon. */
    static final int MAX_COUNT = 100;

    /** Bytes of each body. */
    static final int MAX_BYTES = 65_536;

    private final Upstream http;

    Peek(Upstream http) {
        this.http = http;
    }

    /** {@code node} is empty for all that have the channel. */
    Future<ObjectNode> of(ClusterView view, Look look, int count, int bytes) {
        TopicView topic = view.topic(look.topic());
        ChannelView channel = topic == null ? null : topic.find(look.channel());
        if (channel == null) throw new HttpError(404, "CHANNEL_NOT_FOUND");
        ObjectNode answer = Json.object();
        ArrayNode messages = answer.putArray("messages");
        ObjectNode without = answer.putObject("without");
        List<Future<?>> asked = new ArrayList<>();
        for (ChannelView.OnNode on : channel.nodes()) {
            QueueNode node = on.node();
            if (!look.node().isEmpty() && !look.node().equals(node.address())) continue;
            if (!node.can(QueueNode.PEEK)) {
                without.put(node.address(), "cannot show messages without taking them");
                continue;
            }
            asked.add(
                    http.ask(node.http(), uri(look, count, bytes), JsonNode.class)
                            .onSuccess(found -> add(messages, node, found))
                            .onFailure(e -> without.put(node.address(), e.getMessage()))
                            .otherwiseEmpty());
        }
        return Future.join(asked).map(answer);
    }

    private static void add(ArrayNode messages, QueueNode node, JsonNode found) {
        for (JsonNode message : found.path("messages")) {
            if (message instanceof ObjectNode one) {
                messages.add(one.put("node", node.address()));
            }
        }
    }

    private static String uri(Look look, int count, int bytes) {
        return "/channel/peek?topic="
                + URLEncoder.encode(look.topic(), StandardCharsets.UTF_8)
                + "&channel="
                + URLEncoder.encode(look.channel(), StandardCharsets.UTF_8)
                + "&count="
                + count
                + "&bytes="
                + bytes;
    }
}
