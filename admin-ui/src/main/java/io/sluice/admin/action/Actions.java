package io.sluice.admin.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.admin.cluster.ClusterView;
import io.sluice.admin.cluster.Collector;
import io.sluice.admin.cluster.LookupAnswer;
import io.sluice.admin.cluster.LookupNode;
import io.sluice.admin.cluster.QueueNode;
import io.sluice.admin.cluster.TopicView;
import io.sluice.admin.cluster.Upstream;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Has the daemons do it, first the lookup nodes, and tells of each what became of it. */
public final class Actions {
    /** In place of a daemon's address: all of them. */
    public static final String EVERY_NODE = "*";

    /**
     * So long messages may be under way on one daemon: it gives up itself after a minute of rest.
     */
    private static final Duration TRANSFER_PATIENCE = Duration.ofSeconds(65);

    private static final Buffer NOTHING = Buffer.buffer();

    private final Collector collector;
    private final Upstream http;

    /** Finds the daemons in what the collector knows. */
    public Actions(Collector collector, Upstream http) {
        this.collector = collector;
        this.http = http;
    }

    /** Never fails; without any daemon that it concerns the list is empty. */
    public Future<List<Outcome>> run(Action action) {
        return collector
                .fresh()
                .compose(view -> run(action, view))
                .compose(outcomes -> collector.fresh().map(outcomes));
    }

    private Future<List<Outcome>> run(Action action, ClusterView view) {
        if (!isKnown(action, view)) return Future.succeededFuture(List.of());
        List<QueueNode> nodes = nodes(action, view);
        String args = args(action);
        return switch (action.kind()) {
            case CREATE_TOPIC -> everywhere(view, nodes, "/topic/create" + args);
            case CREATE_CHANNEL -> createChannel(view, nodes, action);
            case DELETE_TOPIC -> everywhere(view, nodes, "/topic/delete" + args);
            case DELETE_CHANNEL -> everywhere(view, nodes, "/channel/delete" + args);
            case EMPTY_TOPIC -> on(nodes, "/topic/empty" + args);
            case EMPTY_CHANNEL -> on(nodes, "/channel/empty" + args);
            case PAUSE_TOPIC -> on(nodes, "/topic/pause" + args);
            case PAUSE_CHANNEL -> on(nodes, "/channel/pause" + args);
            case UNPAUSE_TOPIC -> on(nodes, "/topic/unpause" + args);
            case UNPAUSE_CHANNEL -> on(nodes, "/channel/unpause" + args);
            case REQUEUE_CHANNEL -> transfer(view, nodes, action, QueueNode.REQUEUE, "requeued");
            case MOVE_CHANNEL -> transfer(view, nodes, action, QueueNode.MOVE, "moved");
            case TOMBSTONE_TOPIC_PRODUCER -> tombstone(view, nodes, action);
            case HIDE_TOPIC_PRODUCER -> hide(view, action.topic(), action.node());
            case RETIRE_NODE -> retire(view, action.node());
            case PUBLISH -> throw new IllegalArgumentException("a message is missing");
        };
    }

    private static boolean isKnown(Action action, ClusterView view) {
        return switch (action.kind()) {
            case CREATE_TOPIC, CREATE_CHANNEL -> true;
            case RETIRE_NODE -> view.node(action.node()) != null;
            case TOMBSTONE_TOPIC_PRODUCER, HIDE_TOPIC_PRODUCER ->
                    view.topic(action.topic()) != null && view.node(action.node()) != null;
            default -> view.topic(action.topic()) != null;
        };
    }

    /** NSQ's lookup nodes forget a topic's channels unless it is told of the topic first. */
    private Future<List<Outcome>> createChannel(
            ClusterView view, List<QueueNode> nodes, Action action) {
        String topic = "/topic/create" + args(new Action(action.kind(), action.topic(), "", ""));
        return atLookups(view, topic)
                .compose(done -> everywhere(view, nodes, "/channel/create" + args(action)));
    }

    private Future<List<Outcome>> tombstone(
            ClusterView view, List<QueueNode> nodes, Action action) {
        String delete = "/topic/delete" + args(new Action(action.kind(), action.topic(), "", ""));
        return hide(view, action.topic(), action.node())
                .compose(hidden -> on(nodes, delete).map(deleted -> both(hidden, deleted)));
    }

    private Future<List<Outcome>> hide(ClusterView view, String topic, String node) {
        String uri = "/topic/tombstone?topic=" + encoded(topic) + "&node=" + encoded(node);
        return atLookups(view, uri);
    }

    private Future<List<Outcome>> retire(ClusterView view, String address) {
        QueueNode node = view.node(address);
        Future<List<Outcome>> all = Future.succeededFuture(List.of());
        if (node == null) return all;
        for (LookupAnswer.NodeTopic topic : node.nodeTopics()) {
            if (topic.tombstoned()) continue;
            all =
                    all.compose(
                            before ->
                                    hide(view, topic.topic(), address)
                                            .map(now -> both(before, now)));
        }
        return all;
    }

    /** Only of daemons that can; {@code counted} is where they say of how many messages. */
    private Future<List<Outcome>> transfer(
            ClusterView view,
            List<QueueNode> nodes,
            Action action,
            String feature,
            String counted) {
        String uri = "/channel/" + feature + args(action);
        if (!action.to().isEmpty()) uri += "&to=" + encoded(action.to());
        if (action.count() > 0) uri += "&count=" + action.count();
        List<Future<Outcome>> all = new ArrayList<>();
        for (QueueNode node : nodes) {
            String problem = node.asked().problem(view.nowNs());
            if (problem == null && !node.can(feature)) {
                problem = "cannot " + feature + " messages";
            }
            if (problem != null) {
                all.add(Future.succeededFuture(new Outcome("nsqd", node.address(), problem)));
                continue;
            }
            all.add(
                    http.tell(node.http(), uri, TRANSFER_PATIENCE, JsonNode.class)
                            .map(answer -> transferred(node.address(), answer, counted))
                            .otherwise(e -> failed("nsqd", node.address(), e)));
        }
        return gathered(all);
    }

    private static Outcome transferred(String address, JsonNode answer, String counted) {
        String problem = answer.path("problem").textValue();
        if (problem != null) problem = "did not go on (" + problem + ")";
        return new Outcome("nsqd", address, problem, answer.path(counted).asLong());
    }

    /** One message to one daemon: the named one, or one that has the topic, or any that answers. */
    public Future<List<Outcome>> publish(Action action, long deferMs, Buffer body) {
        ClusterView view = collector.view();
        QueueNode node = publisher(view, action);
        if (node == null) return Future.succeededFuture(List.of());
        String defer = deferMs == 0 ? "" : "&defer=" + deferMs;
        String uri = "/pub?topic=" + encoded(action.topic()) + defer;
        return tell("nsqd", node.address(), http.tell(node.http(), uri, body))
                .map(List::of)
                .compose(outcomes -> collector.fresh().map(outcomes));
    }

    private static QueueNode publisher(ClusterView view, Action action) {
        if (!action.node().isEmpty()) return view.node(action.node());
        TopicView topic = view.topic(action.topic());
        List<QueueNode> candidates = new ArrayList<>();
        if (topic != null) topic.nodes().forEach(on -> candidates.add(on.node()));
        candidates.addAll(view.nodes());
        for (QueueNode node : candidates) {
            if (!node.asked().isSilent(view.nowNs()) && node.isPresent()) return node;
        }
        return null;
    }

    /** The daemons that it is about: those that have the channel, or else the topic. */
    private static List<QueueNode> nodes(Action action, ClusterView view) {
        if (action.node().equals(EVERY_NODE)) {
            return view.nodes().stream().filter(QueueNode::isPresent).toList();
        }
        if (!action.node().isEmpty() && action.kind() != Action.Kind.RETIRE_NODE) {
            QueueNode node = view.node(action.node());
            return node == null ? List.of() : List.of(node);
        }
        TopicView topic = view.topic(action.topic());
        if (action.kind() == Action.Kind.CREATE_TOPIC) {
            return view.lookups().isEmpty() ? view.nodes() : List.of();
        }
        if (topic == null) return List.of();
        boolean all = action.kind() == Action.Kind.CREATE_CHANNEL;
        if (action.kind().isOfChannel() && !all && topic.find(action.channel()) != null) {
            return topic.find(action.channel()).nodes().stream().map(on -> on.node()).toList();
        }
        return topic.nodes().stream().map(TopicView.OnNode::node).toList();
    }

    private Future<List<Outcome>> everywhere(ClusterView view, List<QueueNode> nodes, String uri) {
        return atLookups(view, uri).compose(first -> on(nodes, uri).map(then -> both(first, then)));
    }

    private Future<List<Outcome>> atLookups(ClusterView view, String uri) {
        List<Future<Outcome>> all = new ArrayList<>();
        for (LookupNode lookup : view.lookups()) {
            all.add(tell("nsqlookupd", lookup.address(), http.tell(lookup.http(), uri, NOTHING)));
        }
        return gathered(all);
    }

    private Future<List<Outcome>> on(List<QueueNode> nodes, String uri) {
        List<Future<Outcome>> all = new ArrayList<>();
        for (QueueNode node : nodes) {
            all.add(tell("nsqd", node.address(), http.tell(node.http(), uri, NOTHING)));
        }
        return gathered(all);
    }

    private static Future<Outcome> tell(String daemon, String address, Future<Void> answer) {
        return answer.map(new Outcome(daemon, address, null))
                .otherwise(e -> failed(daemon, address, e));
    }

    private static Outcome failed(String daemon, String address, Throwable why) {
        return new Outcome(daemon, address, why.getMessage());
    }

    private static Future<List<Outcome>> gathered(List<Future<Outcome>> all) {
        return Future.join(all).map(done -> all.stream().map(Future::result).toList());
    }

    private static List<Outcome> both(List<Outcome> first, List<Outcome> then) {
        List<Outcome> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    private static String args(Action action) {
        String channel = action.channel().isEmpty() ? "" : "&channel=" + encoded(action.channel());
        return "?topic=" + encoded(action.topic()) + channel;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
