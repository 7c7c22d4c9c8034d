package io.sluice.lookupd;

import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import io.sluice.daemon.Version;
import io.sluice.lookupd.registry.Producer;
import io.sluice.lookupd.registry.Registry;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The HTTP API: what clients, nsqd and nsqadmin ask, and what nsqadmin changes. */
final class LookupRoutes {
    private final Registry registry;
    private final LongSupplier clock;
    private final ProducersJson json = new ProducersJson();

    LookupRoutes(Registry registry, LongSupplier clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void addTo(ApiRouter router) {
        router.get("/ping", request -> Answer.plain(200, "OK"));
        router.get("/info", request -> Answer.json(Map.of("version", Version.FULL)));
        router.get("/debug", request -> Answer.json(new DebugView(registry).keys()));
        router.get("/topics", request -> Answer.json(Map.of("topics", texts(registry.topics()))));
        router.get("/channels", this::channels);
        router.get("/lookup", this::lookup);
        router.get("/nodes", request -> nodes());
        router.post("/topic/create", this::createTopic);
        router.post("/topic/delete", this::deleteTopic);
        router.post("/topic/tombstone", this::tombstone);
        router.post("/channel/create", this::createChannel);
        router.post("/channel/delete", this::deleteChannel);
    }

    private Answer channels(ApiRequest request) {
        String topic = topicText(request);
        return Answer.json(Map.of("channels", channels(topic)));
    }

    private List<String> channels(String topic) {
        if (!TopicName.isValid(topic)) return List.of();
        return texts(registry.channels(new TopicName(topic)));
    }

    private Answer lookup(ApiRequest request) {
        String text = topicText(request);
        if (!TopicName.isValid(text) || !registry.knows(new TopicName(text))) {
            throw new HttpError(404, "TOPIC_NOT_FOUND");
        }
        Collection<Producer> producers = registry.lookup(new TopicName(text), clock.getAsLong());
        Buffer answer =
                Buffer.buffer("{\"channels\":")
                        .appendBuffer(Answer.jsonBytesOf(channels(text)))
                        .appendString(",\"producers\":")
                        .appendBuffer(json.identities(producers))
                        .appendString("}");
        return Answer.jsonBytes(200, answer);
    }

    private Answer nodes() {
        long nowNs = clock.getAsLong();
        Buffer nodes = json.nodes(registry.nodes(nowNs), r -> registry.isHidden(r, nowNs));
        Buffer answer = Buffer.buffer("{\"producers\":").appendBuffer(nodes).appendString("}");
        return Answer.jsonBytes(200, answer);
    }

    private Answer createTopic(ApiRequest request) {
        registry.create(topic(request));
        return Answer.empty();
    }

    private Answer deleteTopic(ApiRequest request) {
        String topic = topicText(request);
        if (TopicName.isValid(topic)) registry.delete(new TopicName(topic));
        return Answer.empty();
    }

    private Answer tombstone(ApiRequest request) {
        String topic = topicText(request);
        String node = request.query("node", "MISSING_ARG_NODE");
        if (TopicName.isValid(topic)) {
            registry.tombstone(new TopicName(topic), node, clock.getAsLong());
        }
        return Answer.empty();
    }

    private Answer createChannel(ApiRequest request) {
        TopicName topic = topic(request);
        registry.create(topic, channel(request));
        return Answer.empty();
    }

    private Answer deleteChannel(ApiRequest request) {
        TopicName topic = topic(request);
        if (!registry.delete(topic, channel(request))) {
            throw new HttpError(404, "CHANNEL_NOT_FOUND");
        }
        return Answer.empty();
    }

    private static String topicText(ApiRequest request) {
        return request.query("topic", "MISSING_ARG_TOPIC");
    }

    private static TopicName topic(ApiRequest request) {
        String name = topicText(request);
        if (!TopicName.isValid(name)) throw new HttpError(400, "INVALID_ARG_TOPIC");
        return new TopicName(name);
    }

    private static ChannelName channel(ApiRequest request) {
        String name = request.query("channel", "MISSING_ARG_CHANNEL");
        if (!ChannelName.isValid(name)) throw new HttpError(400, "INVALID_ARG_CHANNEL");
        return new ChannelName(name);
    }

    private static List<String> texts(Collection<?> names) {
        return names.stream().map(Object::toString).toList();
    }
}
