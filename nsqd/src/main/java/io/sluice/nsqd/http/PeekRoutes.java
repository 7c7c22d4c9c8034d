package io.sluice.nsqd.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.nsqd.core.PeekedMessage;
import io.sluice.nsqd.net.Loops;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.List;
import java.util.Locale;

/** {@code /channel/peek}: a look at messages that leaves them as they are. */
final class PeekRoutes {
    private static final int DEFAULT_COUNT = 10;
    private static final int MAX_COUNT = 100;
    private static final int DEFAULT_BYTES = 4_096;
    private static final int MAX_BYTES = 65_536;

    private final Loops loops;

    PeekRoutes(Loops loops) {
        this.loops = loops;
    }

    void addTo(ApiRouter router) {
        router.get("/channel/peek", this::peek);
    }

    private Answer peek(ApiRequest request) {
        TopicName topic = QueryArgs.topic(request, "INVALID_ARG_TOPIC");
        ChannelName channel = QueryArgs.channel(request);
        int count = QueryArgs.number(request, "count", DEFAULT_COUNT, 1, MAX_COUNT);
        int bytes = QueryArgs.number(request, "bytes", DEFAULT_BYTES, 0, MAX_BYTES);
        return new ExistingChannel(loops, topic, channel)
                .ask(
                        (broker, answer) ->
                                broker.peek(
                                        topic,
                                        channel,
                                        count,
                                        found ->
                                                answer.accept(json(topic, channel, found, bytes))));
    }

    private static Answer json(
            TopicName topic, ChannelName channel, List<PeekedMessage> found, int bytes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("topic", topic.toString());
        json.put("channel", channel.toString());
        ArrayNode messages = json.putArray("messages");
        for (PeekedMessage message : found) add(messages.addObject(), message, bytes);
        return Answer.json(json);
    }

    private static void add(ObjectNode json, PeekedMessage message, int bytes) {
        Bytes body = message.body();
        json.put("id", message.id().toString());
        json.put("timestamp", message.timestampNs());
        json.put("attempts", message.attempts());
        json.put("state", message.state().name().toLowerCase(Locale.ROOT));
        if (message.state() != PeekedMessage.State.QUEUED) json.put("due", message.dueNs());
        json.put("size", body.length());
        byte[] shown = new byte[Math.min(bytes, body.length())];
        body.toBuffer().get(shown);
        json.put("body", shown);
    }
}
