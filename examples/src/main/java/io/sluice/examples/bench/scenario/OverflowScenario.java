package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Level;
import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.daemon.Where;
import io.sluice.examples.bench.load.Crew;
import io.sluice.examples.bench.load.PublishLoad;
import io.sluice.examples.bench.measure.Figure;
import io.sluice.examples.bench.measure.Stopwatch;
import io.sluice.examples.bench.wire.Publishing;
import java.io.IOException;
import java.util.List;

/**
 * Publishing to a channel that nobody consumes, at a daemon with little memory for it: how fast
 * messages are accepted, and how fast they are in the channel, on disk.
 */
record OverflowScenario(String name, Publishing publishing) implements Scenario {
    @Override
    public String setting() {
        return publishing + ", into one channel, on disk";
    }

    @Override
    public List<Figure> run(Target target, Limit limit) throws IOException {
        try (Run run = new Run(target, 1, Level.DEFAULT)) {
            Crew crew = run.crew();
            PublishLoad load =
                    new PublishLoad(crew, target, run.topic(), publishing, limit.messages());
            Stopwatch watch = new Stopwatch(target);
            crew.await(load.start(watch.startNs() + limit.time().toNanos()), load.acknowledged());
            long acceptedNs = System.nanoTime() - watch.startNs();
            long count = load.acknowledged().count();
            target.awaitBacklog(run.topic(), count, Where.DISK);
            long arrivedNs = System.nanoTime() - watch.startNs();
            double cpuNs = watch.cpuNs();
            double fileBytes = watch.fileBytes();
            return List.of(
                    Figure.rate("accepted", count, acceptedNs),
                    Figure.rate("in the channel", count, arrivedNs),
                    Figure.cost("daemon", cpuNs, count),
                    Figure.cost("bench", crew.cpuNs(), count),
                    Figure.written(fileBytes, count));
        }
    }
}
