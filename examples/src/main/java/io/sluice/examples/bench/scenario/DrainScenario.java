package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Level;
import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.daemon.Where;
import io.sluice.examples.bench.load.ConsumeLoad;
import io.sluice.examples.bench.load.Crew;
import io.sluice.examples.bench.load.Numbers;
import io.sluice.examples.bench.measure.Figure;
import io.sluice.examples.bench.measure.Stopwatch;
import io.sluice.examples.bench.wire.Consuming;
import java.io.IOException;
import java.util.List;

/** Consuming a backlog that lies in the daemon's memory, or on its disk. */
record DrainScenario(String name, Consuming consuming, int bodySize, Where where)
        implements Scenario {
    @Override
    public String setting() {
        String place = where == Where.DISK ? ", on disk, " : ", ";
        return "a backlog of " + bodySize + " B messages" + place + consuming;
    }

    @Override
    public List<Figure> run(Target target, Limit limit) throws IOException {
        try (Run run = new Run(target, consuming.channels(), Level.DEFAULT)) {
            List<Numbers> published =
                    Backlog.fill(target, run.topic(), bodySize, limit.messages(), where);
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
}
