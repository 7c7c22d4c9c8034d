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
import io.vertx.core.Future;
import java.util.function.Supplier;

/** {@code /channel/…}: what can be done with a channel of an existing topic. */
final class ChannelRoutes {
    static final HttpError NOT_FOUND = new HttpError(404, "CHANNEL_NOT_FOUND");

    private final Loops loops;
    private final Supplier<Future<Void>> save;

    /**
     * @param save awaited where an answer says that something will still be so after a restart
     */
    ChannelRoutes(Loops loops, Supplier<Future<Void>> save) {
        this.loops = loops;
        this.save = save;
    }

    void addTo(ApiRouter router) {
        router.post("/channel/create", r -> now(run(r, false, Broker::createChannel)));
        router.post("/channel/delete", r -> now(run(r, true, Broker::deleteChannel)));
        router.post("/channel/empty", r -> now(run(r, true, Broker::emptyChannel)));
        router.post("/channel/pause", r -> saved(run(r, true, ChannelRoutes::pause)));
        router.post("/channel/unpause", r -> saved(run(r, true, Broker::unpauseChannel)));
    }

    private interface Action {
        void run(Broker broker, TopicName topic, ChannelName channel, long nowNs);
    }

    private static void pause(Broker broker, TopicName topic, ChannelName channel, long nowNs) {
        broker.pauseChannel(topic, channel);
    }

    private static Answer now(Future<Answer> answer) {
        return Answer.later(answer);
    }

    private Answer saved(Future<Answer> answer) {
        return Answer.later(answer.compose(a -> save.get().map(a)));
    }

    private Future<Answer> run(ApiRequest request, boolean mustExist, Action action) {
        TopicName topic = QueryArgs.topic(request, "INVALID_ARG_TOPIC");
        ChannelName channel = QueryArgs.channel(request);
        CoreLoop loop = loops.of(topic);
        return loop.call(
                broker -> {
                    if (!broker.has(topic)) return Answer.error(TopicRoutes.NOT_FOUND);
                    if (mustExist && !broker.has(topic, channel)) return Answer.error(NOT_FOUND);
                    action.run(broker, topic, channel, loop.nowNs());
                    return Answer.empty();
                });
    }
}
