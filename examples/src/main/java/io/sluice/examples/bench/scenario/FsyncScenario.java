package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Level;
import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.daemon.Where;
import io.sluice.examples.bench.load.Crew;
import io.sluice.examples.bench.load.PublishLoad;
import io.sluice.examples.bench.measure.Figure;
import io.sluice.examples.bench.measure.Stopwatch;
import io.sluice.examples.bench.measure.SyncTime;
import io.sluice.examples.bench.wire.Publishing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Publishing at level fsync: how long a publisher waits for its OK, beside what the disk alone
 * takes to make 4 KiB durable.
 *
 * @param directory on the daemon's file system
 */
public record FsyncScenario(String name, Publishing publishing, Path directory)
        implements Scenario {
    @Override
    public String setting() {
        return "level fsync; " + publishing + ", beside fdatasync of 4 KiB in " + directory;
    }

    @Override
    public List<Figure> run(Target target, Limit limit) throws IOException {
        double syncNs = SyncTime.medianNs(directory);
        try (Run run = new Run(target, 1, Level.FSYNC)) {
            Crew crew = run.crew();
            PublishLoad load =
                    new PublishLoad(crew, target, run.topic(), publishing, limit.messages());
            Stopwatch watch = new Stopwatch(target);
            crew.await(load.start(watch.startNs() + limit.time().toNanos()), load.acknowledged());
            long elapsedNs = System.nanoTime() - watch.startNs();
            double cpuNs = watch.cpuNs();
            double fileBytes = watch.fileBytes();
            long count = load.acknowledged().count();
            target.awaitBacklog(run.topic(), count, Where.ANYWHERE);
            long commands = count / publishing.batch();
            double waitNs = (double) elapsedNs * publishing.connections() / commands;
            return List.of(
                    Figure.rate("published", count, elapsedNs),
                    Figure.latency("wait for OK, mean", waitNs),
                    Figure.latency("fdatasync, median", syncNs),
                    Figure.times("wait/fdatasync", waitNs / syncNs),
                    Figure.cost("daemon", cpuNs, count),
                    Figure.cost("bench", crew.cpuNs(), count),
                    Figure.written(fileBytes, count));
        }
    }
}
