package io.sluice.admin.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.access.Doorkeeper;
import io.sluice.admin.action.Action;
import io.sluice.admin.action.Action.Kind;
import io.sluice.admin.action.Desk;
import io.sluice.admin.action.Outcome;
import io.sluice.admin.api.NsqWrites;
import io.sluice.admin.api.Paths;
import io.sluice.admin.cluster.Collector;
import io.sluice.admin.cluster.History;
import io.sluice.admin.cluster.Json;
import io.sluice.admin.cluster.TopicView;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The API of the page, {@code /api/v2}: spec/admin.md. */
public final class ApiV2 {
    private static final int MAX_ACTION = 16 * 1024;
    private static final int MAX_MESSAGE = 5 * 1024 * 1024;
    private static final long MAX_DEFER_MS = 24L * 60 * 60 * 1000;
    private static final int PEEK_BYTES = 4096;

    private final Collector collector;
    private final History history;
    private final Doorkeeper door;
    private final Desk desk;
    private final Live live;
    private final Peek peek;

    /** {@code peek} is null when bodies may not be shown. */
    ApiV2(Collector collector, History history, Doorkeeper door, Desk desk, Live live, Peek peek) {
        this.collector = collector;
        this.history = history;
        this.door = door;
        this.desk = desk;
        this.live = live;
        this.peek = peek;
    }

    /** Adds all but {@link #live}, which is no answer with an end. */
    public void addTo(ApiRouter router, Paths paths) {
        Buffer document = document();
        router.get(paths.at("/api/v2/openapi.json"), request -> Answer.jsonBytes(200, document));
        router.get(paths.at("/api/v2/view"), request -> fresh(live.tree(look(request.http()))))
                .unlogged();
        router.get(paths.at("/api/v2/history"), this::chart).unlogged();
        router.get(paths.at("/api/v2/sparks"), request -> fresh(sparks())).unlogged();
        router.get(paths.at("/api/v2/peek"), this::peek);
        router.post(paths.at("/api/v2/actions"), this::act).body(MAX_ACTION, "BODY_TOO_BIG");
        router.post(paths.at("/api/v2/publish"), this::publish).body(MAX_MESSAGE, "MSG_TOO_BIG");
    }

    /** Answers {@code GET /api/v2/live} with events until the connection ends. */
    public void live(HttpServerRequest request) {
        live.add(look(request), request.response());
    }

    private static Buffer document() {
        try (InputStream in = ApiV2.class.getResourceAsStream("/api/openapi.json")) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Look look(HttpServerRequest request) {
        return Look.at(
                request.getParam("view"),
                request.getParam("topic"),
                request.getParam("channel"),
                request.getParam("node"));
    }

    private static Answer fresh(Object value) {
        return Answer.jsonBytes(200, Json.write(value)).header("Cache-Control", "no-store");
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }

    private static long nowS() {
        return System.currentTimeMillis() / 1000;
    }

    private Answer chart(ApiRequest request) {
        History.Range range = History.Range.of(request.query("range", "MISSING_ARG_RANGE"));
        if (range == null) throw new HttpError(400, "INVALID_RANGE: one of 5m, 1h, 24h");
        String topic = orEmpty(request.query("topic"));
        String channel = orEmpty(request.query("channel"));
        History.Chart chart = history.chart(topic, channel, range, nowS());
        ObjectNode answer = Json.object();
        if (chart == null) return fresh(answer.put("kept", false));
        answer.put("kept", true).put("step_s", chart.stepSeconds()).put("end", chart.endSeconds());
        ObjectNode values = answer.putObject("values");
        for (String name : History.NAMES) put(values.putArray(name), chart.values().get(name));
        return fresh(answer);
    }

    /** With one decimal; a gap is null. */
    private static void put(ArrayNode to, float[] values) {
        for (float value : values) {
            if (Float.isNaN(value)) to.addNull();
            else if (value == Math.rint(value)) to.add((long) value);
            else to.add(Math.round(value * 10) / 10.0);
        }
    }

    private ObjectNode sparks() {
        ObjectNode all = Json.object();
        for (TopicView topic : collector.view().topics()) {
            float[] values = history.spark(topic.name(), nowS());
            if (values != null) put(all.putArray(topic.name()), values);
        }
        return all;
    }

    private Answer peek(ApiRequest request) {
        if (peek == null) throw new HttpError(403, "MESSAGES_ARE_NOT_SHOWN: --no-message-view");
        Look look =
                new Look(
                        "channel",
                        request.query("topic", "MISSING_ARG_TOPIC"),
                        request.query("channel", "MISSING_ARG_CHANNEL"),
                        orEmpty(request.query("node")));
        int count = (int) number(request, "count", 10, 1, Peek.MAX_COUNT);
        int bytes = (int) number(request, "bytes", PEEK_BYTES, 1, Peek.MAX_BYTES);
        return Answer.later(peek.of(collector.view(), look, count, bytes).map(ApiV2::fresh));
    }

    private static long number(ApiRequest request, String name, long usual, long least, long most) {
        String text = request.query(name);
        if (text == null) return usual;
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) return value;
        } catch (NumberFormatException e) {
            // The answer is the same as for one out of range.
        }
        throw new HttpError(
                400, "INVALID_" + name.toUpperCase(Locale.ROOT) + ": " + least + " to " + most);
    }

    private Answer act(ApiRequest request) {
        JsonNode body;
        try {
            body = Json.read(request.body(), JsonNode.class);
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "INVALID_BODY");
        }
        Kind kind = Kind.named(body.path("action").asText(""));
        if (kind == null || kind == Kind.PUBLISH) throw new HttpError(400, "INVALID_ACTION");
        refuse(body, "to", kind, Kind::takesTo);
        refuse(body, "count", kind, Kind::takesCount);
        Action action =
                new Action(
                        kind,
                        body.path("topic").asText(""),
                        body.path("channel").asText(""),
                        body.path("node").asText(""),
                        body.path("to").asText(""),
                        count(body.path("count")));
        check(action);
        return Answer.later(
                door.caller(request.http())
                        .compose(caller -> desk.run(caller, NsqWrites.url(request), action))
                        .onComplete(end -> live.step())
                        .map(ApiV2::results));
    }

    /** No action is done in part because one of its fields was meant for another. */
    private static void refuse(JsonNode body, String field, Kind kind, Predicate<Kind> takes) {
        if (!body.hasNonNull(field) || takes.test(kind)) return;
        String others =
                Stream.of(Kind.values())
                        .filter(takes)
                        .map(Kind::toString)
                        .collect(Collectors.joining(" and "));
        throw new HttpError(
                400,
                "INVALID_%s: only of %s, not of %s"
                        .formatted(field.toUpperCase(Locale.ROOT), others, kind));
    }

    private static int count(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) return 0;
        int count = given.isInt() ? given.intValue() : 0;
        if (count < 1 || count > Action.MAX_COUNT) {
            throw new HttpError(400, "INVALID_COUNT: 1 to " + Action.MAX_COUNT);
        }
        return count;
    }

    private static void check(Action action) {
        boolean needsTopic = action.kind() != Kind.RETIRE_NODE;
        boolean needsChannel = action.kind().isOfChannel();
        if (needsTopic && !TopicName.isValid(action.topic())) {
            throw new HttpError(400, "INVALID_TOPIC");
        }
        if (needsChannel && !ChannelName.isValid(action.channel())) {
            throw new HttpError(400, "INVALID_CHANNEL");
        }
        if (action.kind().takesTo() && !isTarget(action.to(), action.topic())) {
            throw new HttpError(400, "INVALID_TO: a topic, and not the same");
        }
        boolean needsNode =
                action.kind() == Kind.RETIRE_NODE
                        || action.kind() == Kind.HIDE_TOPIC_PRODUCER
                        || action.kind() == Kind.TOMBSTONE_TOPIC_PRODUCER;
        if (needsNode && action.node().isEmpty()) throw new HttpError(400, "MISSING_ARG_NODE");
    }

    private static boolean isTarget(String name, String topic) {
        return TopicName.isValid(name) && !name.equals(topic);
    }

    private Answer publish(ApiRequest request) {
        String topic = request.query("topic", "MISSING_ARG_TOPIC");
        if (!TopicName.isValid(topic)) throw new HttpError(400, "INVALID_TOPIC");
        if (request.body().length() == 0) throw new HttpError(400, "MSG_EMPTY");
        long deferMs = number(request, "defer", 0, 0, MAX_DEFER_MS);
        Action action = new Action(Kind.PUBLISH, topic, "", orEmpty(request.query("node")));
        String url = NsqWrites.url(request);
        return Answer.later(
                door.caller(request.http())
                        .compose(
                                caller ->
                                        desk.publish(caller, url, action, deferMs, request.body()))
                        .onComplete(end -> live.step())
                        .map(ApiV2::results));
    }

    private static Answer results(List<Outcome> outcomes) {
        ObjectNode answer = Json.object();
        answer.put("asked", outcomes.size());
        answer.put("done", Outcome.done(outcomes));
        ArrayNode results = answer.putArray("results");
        for (Outcome outcome : outcomes) {
            ObjectNode one = results.addObject().put("daemon", outcome.daemon());
            one.put("address", outcome.address());
            if (!outcome.isDone()) one.put("problem", outcome.problem());
            if (outcome.messages() > 0) one.put("messages", outcome.messages());
        }
        return fresh(answer);
    }
}
