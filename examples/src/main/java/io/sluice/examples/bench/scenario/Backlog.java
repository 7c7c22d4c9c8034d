package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.daemon.Where;
import io.sluice.examples.bench.load.Crew;
import io.sluice.examples.bench.load.Numbers;
import io.sluice.examples.bench.load.PublishLoad;
import io.sluice.examples.bench.wire.PublishForm;
import io.sluice.examples.bench.wire.Publishing;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.List;

/** Messages that are published before a measurement begins, or whose keeping is measured. */
final class Backlog {
    private static final int CONNECTIONS = 2;
    private static final int BATCH = 100;

    private Backlog() {}

    /** Publishes so many and waits until they are all in the one channel, where they have to be. */
    static List<Numbers> fill(Target target, TopicName topic, int bodySize, int count, Where where)
            throws IOException {
        try (Crew crew = new Crew()) {
            Publishing publishing =
                    new Publishing(PublishForm.COMMAND, CONNECTIONS, BATCH, 1, bodySize);
            PublishLoad load = new PublishLoad(crew, target, topic, publishing, count);
            crew.await(load.start(Long.MAX_VALUE), load.acknowledged());
            target.awaitBacklog(topic, load.acknowledged().count(), where);
            return load.published();
        }
    }
}
