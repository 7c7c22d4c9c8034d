package io.sluice.nsqd.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import io.sluice.nsqd.core.RequeueNow;
import io.sluice.nsqd.net.CoreLoop;
import io.sluice.nsqd.net.Loops;
import io.sluice.nsqd.net.Moving;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;

/**
 * {@code /channel/requeue} and {@code /channel/move}: messages get on, either at once in their
 * channel or in another topic.
 */
final class TransferRoutes {
    /** Messages that one request is for, at most. */
    private static final int MAX_COUNT = 10_000;

    private final Loops loops;

    TransferRoutes(Loops loops) {
        this.loops = loops;
    }

    void addTo(ApiRouter router) {
        router.post("/channel/requeue", this::requeue);
        router.post("/channel/move", this::move);
    }

    private static int count(ApiRequest request) {
        return QueryArgs.number(request, "count", MAX_COUNT, 1, MAX_COUNT);
    }

    private Answer requeue(ApiRequest request) {
        TopicName topic = QueryArgs.topic(request, "INVALID_ARG_TOPIC");
        ChannelName channel = QueryArgs.channel(request);
        int count = count(request);
        CoreLoop loop = loops.of(topic);
        return new ExistingChannel(loops, topic, channel)
                .ask(
                        (broker, answer) ->
                                RequeueNow.start(
                                        broker,
                                        topic,
                                        channel,
                                        count,
                                        loop.nowNs(),
                                        result -> answer.accept(json(topic, channel, result))));
    }

    private static Answer json(TopicName topic, ChannelName channel, RequeueNow.Result result) {
        ObjectNode json = json(topic, channel);
        json.put("requeued", result.requeued());
        json.put("left", result.left());
        return Answer.json(json);
    }

    private static ObjectNode json(TopicName topic, ChannelName channel) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return json.put("topic", topic.toString()).put("channel", channel.toString());
    }

    private Answer move(ApiRequest request) {
        TopicName topic = QueryArgs.topic(request, "INVALID_ARG_TOPIC");
        ChannelName channel = QueryArgs.channel(request);
        TopicName target = target(request, topic);
        int count = count(request);
        String remote = String.valueOf(request.http().remoteAddress());
        ObjectNode names = json(topic, channel).put("to", target.toString());
        return new ExistingChannel(loops, topic, channel)
                .ask(
                        (broker, answer) ->
                                new Moving(loops, topic, target, remote)
                                        .start(
                                                channel,
                                                count,
                                                result -> answer.accept(json(names, result))));
    }

    /** To its own topic a message would come back to the channel that it is moved out of. */
    private static TopicName target(ApiRequest request, TopicName topic) {
        String name = request.query("to", "MISSING_ARG_TO");
        if (!TopicName.isValid(name) || name.equals(topic.value())) {
            throw new HttpError(400, "INVALID_ARG_TO");
        }
        return new TopicName(name);
    }

    private static Answer json(ObjectNode json, Moving.Result result) {
        if (result.problem() != null && result.moved() == 0) {
            return Answer.error(new HttpError(503, result.problem()));
        }
        json.put("moved", result.moved());
        json.put("left", result.left());
        if (result.problem() != null) json.put("problem", result.problem());
        return Answer.json(json);
    }
}
