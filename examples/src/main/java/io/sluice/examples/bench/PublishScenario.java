package io.sluice.examples.bench;

import java.io.IOException;
import java.util.List;

/** Publishing to a topic that nobody consumes: how fast the OKs come. */
record PublishScenario(String name, Publishing publishing) implements Scenario {
    @Override
    public String setting() {
        return publishing.toString();
    }

    @Override
    public List<Figure> run(Target target, Limit limit) throws IOException {
        try (Run run = new Run(target, 0, Level.DEFAULT)) {
            Crew crew = run.crew();
            PublishLoad load =
                    new PublishLoad(crew, target, run.topic(), publishing, limit.messages());
            Stopwatch watch = new Stopwatch(target);
            crew.await(load.start(watch.startNs() + limit.time().toNanos()), load.acknowledged());
            long elapsedNs = System.nanoTime() - watch.startNs();
            double cpuNs = watch.cpuNs();
            long count = load.acknowledged().count();
            target.awaitBacklog(run.topic(), count, Where.MEMORY);
            return List.of(
                    Figure.rate("published", count, elapsedNs),
                    Figure.cost("daemon", cpuNs, count),
                    Figure.cost("bench", crew.cpuNs(), count));
        }
    }
}
