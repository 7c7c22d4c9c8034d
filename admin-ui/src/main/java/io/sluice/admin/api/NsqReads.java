package io.sluice.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.ChannelView;
import io.sluice.admin.cluster.ClusterView;
import io.sluice.admin.cluster.Collector;
import io.sluice.admin.cluster.Json;
import io.sluice.admin.cluster.LookupNode;
import io.sluice.admin.cluster.NodeAnswer;
import io.sluice.admin.cluster.QueueNode;
import io.sluice.admin.cluster.TopicView;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What can be read under {@code /api}, as NSQ's nsqadmin answers it. */
public final class NsqReads {
    private final Collector collector;

    /** Answers from what the collector learns anew for each request. */
    public NsqReads(Collector collector) {
        this.collector = collector;
    }

    /** Adds all of them. */
    public void addTo(ApiRouter router, Paths paths) {
        router.get(paths.at("/ping"), request -> Answer.plain(200, "OK"));
        router.get(paths.at("/api/topics"), this::topics);
        router.get(
                paths.at("/api/topics/:topic"),
                request -> answer(view -> topic(view, request.path("topic"))));
        router.get(
                paths.at("/api/topics/:topic/:channel"),
                request ->
                        answer(
                                view ->
                                        channel(
                                                view,
                                                request.path("topic"),
                                                request.path("channel"))));
        router.get(paths.at("/api/nodes"), request -> answer(NsqReads::nodes));
        router.get(
                paths.at("/api/nodes/:node"),
                request -> answer(view -> node(view, request.path("node"))));
        router.get(paths.at("/api/counter"), request -> answer(NsqReads::counter));
    }

    private Answer answer(Function<ClusterView, ObjectNode> form) {
        return Answer.later(
                collector
                        .fresh()
                        .map(view -> fresh(form.apply(view).put("message", warning(view)))));
    }

    /** JSON that nobody may keep. */
    static Answer fresh(Object value) {
        return Answer.jsonBytes(200, Json.write(value)).header("Cache-Control", "no-store");
    }

    /** NSQ's way to say that something is missing; status 502 when everything is. */
    static String warning(ClusterView view) {
        List<String> problems = view.problems();
        String joined = String.join("; ", problems);
        if (view.nothingAnswers()) throw new HttpError(502, "UPSTREAM_ERROR: " + joined);
        return problems.isEmpty() ? "" : "WARNING: " + joined;
    }

    private Answer topics(ApiRequest request) {
        if ("true".equals(request.query("inactive"))) return answer(NsqReads::inactive);
        return answer(
                view -> {
                    TreeSet<String> names = new TreeSet<>();
                    for (TopicView topic : view.topics()) names.add(topic.name());
                    ObjectNode all = Json.object();
                    all.set("topics", Json.tree(names));
                    return all;
                });
    }

    /** Topics that nobody produces; those without a channel have null, as NSQ has it. */
    private static ObjectNode inactive(ClusterView view) {
        Map<String, TreeSet<String>> topics = new TreeMap<>();
        for (LookupNode lookup : view.lookups()) {
            lookup.inactive()
                    .forEach(
                            (topic, channels) ->
                                    topics.computeIfAbsent(topic, key -> new TreeSet<>())
                                            .addAll(channels));
        }
        // One lookup node may know a daemon that another does not.
        for (LookupNode lookup : view.lookups()) {
            List<String> active = new ArrayList<>(lookup.topics());
            active.removeAll(lookup.inactive().keySet());
            active.forEach(topics::remove);
        }
        ObjectNode all = Json.object();
        ObjectNode entries = all.putObject("topics");
        topics.forEach(
                (topic, channels) ->
                        entries.set(topic, channels.isEmpty() ? null : Json.tree(channels)));
        return all;
    }

    private static ObjectNode topic(ClusterView view, String name) {
        TopicView topic = view.topic(name);
        ObjectNode found = topic == null ? null : new NsqJson(view).topic(topic);
        if (found == null) throw notFound("topic " + name);
        return found;
    }

    private static ObjectNode channel(ClusterView view, String topicName, String name) {
        TopicView topic = view.topic(topicName);
        if (topic == null) throw notFound("topic " + topicName);
        ChannelView channel = topic.find(name);
        ObjectNode found = channel == null ? null : new NsqJson(view).channel(channel);
        if (found == null) throw notFound("channel " + name + " of topic " + topicName);
        return found;
    }

    private static HttpError notFound(String what) {
        return new HttpError(502, "UPSTREAM_ERROR: no nsqd that answers has " + what);
    }

    private static ObjectNode nodes(ClusterView view) {
        ObjectNode all = Json.object();
        all.set("nodes", new NsqJson(view).nodes());
        return all;
    }

    private static ObjectNode node(ClusterView view, String address) {
        QueueNode node = view.node(address);
        if (node == null) throw new HttpError(404, "NODE_NOT_FOUND");
        if (node.asked().isSilent(view.nowNs())) {
            throw new HttpError(
                    502,
                    "UPSTREAM_ERROR: nsqd " + address + " " + node.asked().problem(view.nowNs()));
        }
        ObjectNode all = Json.object().put("node", address);
        ArrayNode topics = all.putArray("topics");
        long messages = 0;
        long clients = 0;
        NsqJson form = new NsqJson(view);
        for (NodeAnswer.Topic topic : node.topics()) {
            topics.add(form.topicOn(node, topic));
            for (NodeAnswer.Channel channel : topic.channels()) {
                messages += channel.messageCount();
                clients += channel.clients().size();
            }
        }
        return all.put("total_messages", messages).put("total_clients", clients);
    }

    private static ObjectNode counter(ClusterView view) {
        ObjectNode all = Json.object();
        ObjectNode stats = all.putObject("stats");
        for (TopicView topic : view.topics()) {
            for (ChannelView channel : topic.channels()) {
                for (ChannelView.OnNode on : channel.nodes()) {
                    if (on.node().asked().isSilent(view.nowNs())) continue;
                    String node = on.node().address();
                    stats.putObject(topic.name() + ":" + channel.name() + ":" + node)
                            .put("node", node)
                            .put("topic_name", topic.name())
                            .put("channel_name", channel.name())
                            .put("message_count", on.channel().messageCount());
                }
            }
        }
        return all;
    }
}
