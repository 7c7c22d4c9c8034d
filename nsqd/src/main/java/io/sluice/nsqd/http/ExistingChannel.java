package io.sluice.nsqd.http;

import io.sluice.daemon.Answer;
import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.net.Loops;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A channel that something is asked of, which must be there. */
record ExistingChannel(Loops loops, TopicName topic, ChannelName channel) {
    /** Runs the task on the loop of the topic; it answers now or later. */
    Answer ask(BiConsumer<Broker, Consumer<Answer>> task) {
        return Answer.later(
                loops.of(topic)
                        .callLater(
                                (broker, answer) -> {
                                    if (!broker.has(topic)) {
                                        answer.accept(Answer.error(TopicRoutes.NOT_FOUND));
                                    } else if (!broker.has(topic, channel)) {
                                        answer.accept(Answer.error(ChannelRoutes.NOT_FOUND));
                                    } else {
                                        task.accept(broker, answer);
                                    }
                                }));
    }
}
