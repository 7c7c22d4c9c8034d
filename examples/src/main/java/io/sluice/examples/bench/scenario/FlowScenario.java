package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Level;
import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.load.ConsumeLoad;
import io.sluice.examples.bench.load.Crew;
import io.sluice.examples.bench.load.PublishLoad;
import io.sluice.examples.bench.measure.Figure;
import io.sluice.examples.bench.measure.Stopwatch;
import io.sluice.examples.bench.wire.Consuming;
import io.sluice.examples.bench.wire.Publishing;
import java.io.IOException;
import java.util.List;

/** Publishing and consuming at once: how fast messages come out at the far end. */
record FlowScenario(String name, Publishing publishing, Consuming consuming, Level level)
        implements Scenario {
    @Override
    public String setting() {
        String asked = level == Level.DEFAULT ? "" : "level " + level + "; ";
        return asked + publishing + "; " + consuming;
    }

    @Override
    public List<Figure> run(Target target, Limit whole) throws IOException {
        Limit limit = whole.shared(consuming.channels());
        try (Run run = new Run(target, consuming.channels(), level)) {
            Crew crew = run.crew();
            ConsumeLoad consumers =
                    new ConsumeLoad(
                            crew,
                            target,
                            run.topic(),
                            consuming,
                            publishing.bodySize(),
                            limit.messages());
            PublishLoad publishers =
                    new PublishLoad(crew, target, run.topic(), publishing, limit.messages());
            Stopwatch watch = new Stopwatch(target);
            consumers.start();
            crew.await(
                    publishers.start(watch.startNs() + limit.time().toNanos()),
                    publishers.acknowledged());
            long elapsedNs = consumers.finish(publishers.published()) - watch.startNs();
            double cpuNs = watch.cpuNs();
            double fileBytes = watch.fileBytes();
            long count = consumers.received().count();
            return List.of(
                    Figure.rate("delivered", count, elapsedNs),
                    Figure.cost("daemon", cpuNs, count),
                    Figure.cost("bench", crew.cpuNs(), count),
                    Figure.written(fileBytes, count));
        }
    }
}
