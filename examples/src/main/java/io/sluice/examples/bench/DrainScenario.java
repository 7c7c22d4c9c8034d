package io.sluice.examples.bench;

import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.List;

/** Consuming a backlog that lies in the daemon's memory, or on its disk. */
record DrainScenario(String name, Consuming consuming, int bodySize, Where where)
        implements Scenario {
    private static final int FILL_CONNECTIONS = 2;
    private static final int FILL_BATCH = 100;

    @Override
    public String setting() {
        String place = where == Where.DISK ? ", on disk, " : ", ";
        return "a backlog of " + bodySize + " B messages" + place + consuming;
    }

    @Override
    public List<Figure> run(Target target, Limit limit) throws IOException {
        try (Run run = new Run(target, consuming.channels(), Level.DEFAULT)) {
            List<Numbers> published = fill(target, run.topic(), limit.messages());
            Crew crew = run.crew();
            ConsumeLoad load =
                    new ConsumeLoad(
                            crew, target, run.topic(), consuming, bodySize, limit.messages());
            Stopwatch watch = new Stopwatch(target);
            load.start();
            long elapsedNs = load.finish(published) - watch.startNs();
            double cpuNs = watch.cpuNs();
            long count = load.received().count();
            return List.of(
                    Figure.rate("consumed", count, elapsedNs),
                    Figure.cost("daemon", cpuNs, count),
                    Figure.cost("bench", crew.cpuNs(), count));
        }
    }

    private List<Numbers> fill(Target target, TopicName topic, int messages) throws IOException {
        try (Crew crew = new Crew()) {
            Publishing publishing = new Publishing(FILL_CONNECTIONS, FILL_BATCH, 1, bodySize);
            PublishLoad load = new PublishLoad(crew, target, topic, publishing, messages);
            crew.await(load.start(Long.MAX_VALUE), load.acknowledged());
            target.awaitBacklog(topic, load.acknowledged().count(), where);
            return load.published();
        }
    }
}
