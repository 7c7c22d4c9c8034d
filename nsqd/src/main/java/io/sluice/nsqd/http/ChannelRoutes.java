package io.sluice.nsqd.http;

import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.net.CoreLoop;
import io.sluice.nsqd.net.Loops;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;

/** {@code /channel/…}: what can be done with a channel of an existing topic. */
final class ChannelRoutes {
    private static final HttpError NOT_FOUND = new HttpError(404, "CHANNEL_NOT_FOUND");

    private final Loops loops;

    ChannelRoutes(Loops loops) {
        this.loops = loops;
    }

    void addTo(ApiRouter router) {
        router.post("/channel/create", r -> run(r, false, Broker::createChannel));
        router.post("/channel/delete", r -> run(r, true, Broker::deleteChannel));
        router.post("/channel/empty", r -> run(r, true, Broker::emptyChannel));
        router.post("/channel/pause", r -> run(r, true, (b, t, c, nowNs) -> b.pauseChannel(t, c)));
        router.post("/channel/unpause", r -> run(r, true, Broker::unpauseChannel));
    }

    private interface Action {
        void run(Broker broker, TopicName topic, ChannelName channel, long nowNs);
    }

    private Answer run(ApiRequest request, boolean mustExist, Action action) {
        TopicName topic = QueryArgs.topic(request, "INVALID_ARG_TOPIC");
        ChannelName channel = QueryArgs.channel(request);
        CoreLoop loop = loops.of(topic);
        return Answer.later(
                loop.call(
                        broker -> {
                            if (!broker.has(topic)) return Answer.error(TopicRoutes.NOT_FOUND);
                            if (mustExist && !broker.has(topic, channel)) {
                                return Answer.error(NOT_FOUND);
                            }
                            action.run(broker, topic, channel, loop.nowNs());
                            return Answer.empty();
                        }));
    }
}
