package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Level;
import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.load.ConsumeLoad;
import io.sluice.examples.bench.load.Crew;
import io.sluice.protocol.TopicName;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of a scenario at one target: a topic of its own, which is gone after, and a crew. */
final class Run implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final long STARTED_MS = System.currentTimeMillis();

    private final Target target;
    private final TopicName topic = newTopic();
    private final Crew crew = new Crew();

    /** Makes the topic, with so many channels. */
    Run(Target target, int channels, Level level) {
        this.target = target;
        target.create(topic, ConsumeLoad.channels(channels), level);
    }

    /** A name that no other run uses. */
    static TopicName newTopic() {
        return new TopicName("bench." + STARTED_MS + "." + COUNT.incrementAndGet());
    }

    TopicName topic() {
        return topic;
    }

    Crew crew() {
        return crew;
    }

    @Override
    public void close() {
        crew.close();
        target.delete(topic);
    }
}
