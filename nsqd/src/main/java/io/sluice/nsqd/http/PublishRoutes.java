package io.sluice.nsqd.http;

import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.Receipt;
import io.sluice.nsqd.core.Refused;
import io.sluice.nsqd.net.CoreLoop;
import io.sluice.nsqd.net.Loops;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Limits;
import io.sluice.protocol.TopicName;
import java.util.List;
import java.util.function.Supplier;

/** {@code /pub} and {@code /mpub}. */
final class PublishRoutes {
    private static final long NS_PER_MS = 1_000_000L;

    private static final System.Logger LOG = System.getLogger(PublishRoutes.class.getName());
    private static final Answer OK = Answer.text("OK");

    private final Loops loops;
    private final Supplier<Limits> limits;

    PublishRoutes(Loops loops, Supplier<Limits> limits) {
        this.loops = loops;
        this.limits = limits;
    }

    void addTo(ApiRouter router) {
        router.post("/pub", this::publishOne)
                .body(() -> limits.get().maxMessageSize(), "MSG_TOO_BIG")
                .unlogged();
        router.post("/mpub", this::publishMany)
                .body(() -> limits.get().maxBodySize(), "BODY_TOO_BIG")
                .unlogged();
    }

    private Answer publishOne(ApiRequest request) {
        if (request.body().length() == 0) throw new HttpError(400, "MSG_EMPTY");
        TopicName topic = QueryArgs.topic(request, "INVALID_TOPIC");
        long delayNs = delayMs(request) * NS_PER_MS;
        Bytes body = Bytes.wrap(request.body().getBytes());
        Durability atLeast = QueryArgs.durability(request, Durability.MEM);
        CoreLoop loop = loops.of(topic);
        return publish(loop, broker -> broker.publish(topic, body, delayNs, atLeast, loop.nowNs()));
    }

    private long delayMs(ApiRequest request) {
        String defer = request.query("defer");
        if (defer == null) return 0;
        try {
            long delayMs = Long.parseLong(defer);
            if (delayMs < 0 || delayMs > limits.get().maxRequeueDelayMs()) throw invalidDefer();
            return delayMs;
        } catch (NumberFormatException e) {
            throw invalidDefer();
        }
    }

    private static HttpError invalidDefer() {
        return new HttpError(400, "INVALID_DEFER");
    }

    private Answer publishMany(ApiRequest request) {
        TopicName topic = QueryArgs.topic(request, "INVALID_TOPIC");
        Durability atLeast = QueryArgs.durability(request, Durability.MEM);
        CoreLoop loop = loops.of(topic);
        try {
            List<Bytes> messages = messages(request);
            return publish(loop, broker -> broker.publish(topic, messages, atLeast, loop.nowNs()));
        } catch (HttpError e) {
            // As NSQ, which makes the topic before it looks at the body.
            loop.run(() -> loop.broker().createTopic(topic));
            throw e;
        }
    }

    private List<Bytes> messages(ApiRequest request) {
        byte[] body = request.body().getBytes();
        return QueryArgs.isOn(request, "binary", false)
                ? MpubBody.parseBinary(body, limits.get())
                : MpubBody.parseLines(body, limits.get());
    }

    private interface Publishing {
        Receipt run(Broker broker) throws Refused;
    }

    private static Answer publish(CoreLoop loop, Publishing publishing) {
        return Answer.later(
                loop.callLater(
                        (broker, answer) -> {
                            try {
                                Receipt receipt = publishing.run(broker);
                                if (receipt == null) answer.accept(OK);
                                else receipt.whenDurable(why -> answer.accept(answer(why)));
                            } catch (Refused e) {
                                answer.accept(answer(e.getMessage()));
                            }
                        }));
    }

    /** NSQ says EXITING whatever the reason is. */
    private static Answer answer(String why) {
        if (why == null) return OK;
        LOG.log(System.Logger.Level.WARNING, "refused what was published: {0}", why);
        return Answer.error(new HttpError(503, "EXITING"));
    }
}
