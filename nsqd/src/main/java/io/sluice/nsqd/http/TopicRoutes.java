package io.sluice.nsqd.http;

import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.net.CoreLoop;
import io.sluice.nsqd.net.Loops;
import io.sluice.protocol.TopicName;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** {@code /topic/…}: what can be done with a topic. */
final class TopicRoutes {
    static final HttpError NOT_FOUND = new HttpError(404, "TOPIC_NOT_FOUND");

    private final Loops loops;
    private final Supplier<Future<Void>> save;

    /**
     * @param save awaited where an answer says that something will still be so after a restart
     */
    TopicRoutes(Loops loops, Supplier<Future<Void>> save) {
        this.loops = loops;
        this.save = save;
    }

    void addTo(ApiRouter router) {
        router.post("/topic/create", this::create);
        router.post("/topic/empty", this::empty);
        router.post("/topic/delete", this::delete);
        router.post("/topic/pause", r -> saved(existing(r, Broker::pauseTopic)));
        router.post("/topic/unpause", r -> saved(existing(r, Broker::unpauseTopic)));
    }

    private Answer create(ApiRequest request) {
        TopicName topic = QueryArgs.topic(request, "INVALID_TOPIC");
        Durability durability = QueryArgs.durability(request, null);
        return Answer.later(
                loops.of(topic)
                        .call(
                                broker -> {
                                    if (durability == null) broker.createTopic(topic);
                                    else broker.createTopic(topic, durability);
                                    return Answer.empty();
                                }));
    }

    private Answer empty(ApiRequest request) {
        TopicName topic = QueryArgs.topic(request, "INVALID_TOPIC");
        return now(onTopic(topic, (broker, name, nowNs) -> broker.emptyTopic(name)));
    }

    /** Once it is answered, the topic does not come back after a crash. */
    private Answer delete(ApiRequest request) {
        TopicName topic = existingTopic(request);
        Future<Answer> gone =
                loops.of(topic)
                        .callLater(
                                (broker, answer) -> {
                                    if (!broker.has(topic)) {
                                        answer.accept(Answer.error(NOT_FOUND));
                                    } else {
                                        broker.deleteTopic(
                                                topic, () -> answer.accept(Answer.empty()));
                                    }
                                });
        return saved(gone);
    }

    /** Here NSQ just looks the name up: an invalid one is that of a topic which is not there. */
    private static TopicName existingTopic(ApiRequest request) {
        String name = request.query("topic", "MISSING_ARG_TOPIC");
        if (!TopicName.isValid(name)) throw NOT_FOUND;
        return new TopicName(name);
    }

    private Future<Answer> existing(ApiRequest request, Action action) {
        return onTopic(existingTopic(request), action);
    }

    private static Answer now(Future<Answer> answer) {
        return Answer.later(answer);
    }

    private Answer saved(Future<Answer> answer) {
        return Answer.later(answer.compose(a -> save.get().map(a)));
    }

    private interface Action {
        void run(Broker broker, TopicName topic, long nowNs);
    }

    private Future<Answer> onTopic(TopicName topic, Action action) {
        CoreLoop loop = loops.of(topic);
        return loop.call(
                broker -> {
                    if (!broker.has(topic)) return Answer.error(NOT_FOUND);
                    action.run(broker, topic, loop.nowNs());
                    return Answer.empty();
                });
    }
}
