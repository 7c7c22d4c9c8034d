package io.sluice.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.admin.access.Doorkeeper;
import io.sluice.admin.action.Action;
import io.sluice.admin.action.Action.Kind;
import io.sluice.admin.action.Desk;
import io.sluice.admin.action.Outcome;
import io.sluice.admin.cluster.Json;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.List;
import java.util.Map;

/** What can be changed under {@code /api}, as NSQ's nsqadmin takes it. */
public final class NsqWrites {
    private static final int MAX_BODY = 64 * 1024;

    private final Doorkeeper door;
    private final Desk desk;

    /** Changes pass the desk. */
    public NsqWrites(Doorkeeper door, Desk desk) {
        this.door = door;
        this.desk = desk;
    }

    /** Adds all of them. */
    public void addTo(ApiRouter router, Paths paths) {
        String topic = paths.at("/api/topics/:topic");
        String channel = paths.at("/api/topics/:topic/:channel");
        router.post(paths.at("/api/topics"), this::create).body(MAX_BODY, "BODY_TOO_BIG");
        router.post(topic, request -> change(request, "")).body(MAX_BODY, "BODY_TOO_BIG");
        router.post(channel, request -> change(request, request.path("channel")))
                .body(MAX_BODY, "BODY_TOO_BIG");
        router.delete(topic, request -> run(request, Kind.DELETE_TOPIC, ""));
        router.delete(
                channel, request -> run(request, Kind.DELETE_CHANNEL, request.path("channel")));
        router.delete(paths.at("/api/nodes/:node"), this::tombstone).body(MAX_BODY, "BODY_TOO_BIG");
    }

    private Answer create(ApiRequest request) {
        JsonNode body = body(request, null);
        String topic = body.path("topic").asText("");
        String channel = body.path("channel").asText("");
        if (!TopicName.isValid(topic)) throw new HttpError(400, "INVALID_TOPIC");
        if (!channel.isEmpty() && !ChannelName.isValid(channel)) {
            throw new HttpError(400, "INVALID_CHANNEL");
        }
        Action ofTopic = new Action(Kind.CREATE_TOPIC, topic, "", "");
        if (channel.isEmpty()) return answer(request, ofTopic);
        Action ofChannel = new Action(Kind.CREATE_CHANNEL, topic, channel, "");
        return Answer.later(
                door.caller(request.http())
                        .compose(caller -> desk.run(caller, url(request), ofTopic))
                        .map(done -> answer(request, ofChannel)));
    }

    private Answer change(ApiRequest request, String channel) {
        String action = body(request, null).path("action").asText("");
        if (!List.of("pause", "unpause", "empty").contains(action)) {
            throw new HttpError(400, "INVALID_ACTION");
        }
        Kind kind = Kind.named(action + (channel.isEmpty() ? "_topic" : "_channel"));
        return run(request, kind, channel);
    }

    private Answer run(ApiRequest request, Kind kind, String channel) {
        return answer(request, new Action(kind, request.path("topic"), channel, ""));
    }

    private Answer tombstone(ApiRequest request) {
        String topic = body(request, "INVALID_BODY").path("topic").asText("");
        if (!TopicName.isValid(topic)) throw new HttpError(400, "INVALID_TOPIC");
        Kind kind = Kind.TOMBSTONE_TOPIC_PRODUCER;
        return answer(request, new Action(kind, topic, "", request.path("node")));
    }

    /** {@code code} stands for any text that is no JSON object; null tells what is wrong. */
    private static JsonNode body(ApiRequest request, String code) {
        try {
            JsonNode body = Json.read(request.body(), JsonNode.class);
            if (body.isObject()) return body;
            throw new IllegalArgumentException("the body is no JSON object");
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, code == null ? e.getMessage() : code);
        }
    }

    /** The address that the caller used. */
    public static String url(ApiRequest request) {
        String scheme = request.http().getHeader("X-Scheme");
        boolean https = "https".equals(scheme) || request.http().isSSL();
        return (https ? "https://" : "http://")
                + request.http().getHeader("Host")
                + request.http().uri();
    }

    private Answer answer(ApiRequest request, Action action) {
        return Answer.later(
                door.caller(request.http())
                        .compose(caller -> desk.run(caller, url(request), action))
                        .map(outcomes -> NsqReads.fresh(Map.of("message", message(outcomes)))));
    }

    /** Status 502 when there is nobody to do it, or nobody could. */
    private static String message(List<Outcome> outcomes) {
        List<String> problems =
                outcomes.stream().filter(one -> !one.isDone()).map(Outcome::inWords).toList();
        String joined = String.join("; ", problems);
        if (outcomes.isEmpty()) {
            throw new HttpError(502, "UPSTREAM_ERROR: no daemon that answers has it");
        }
        return problems.isEmpty() ? "" : "WARNING: " + joined;
    }
}
