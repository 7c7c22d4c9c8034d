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
 * Publishing to a topic that nobody consumes: how fast the OKs come. Bodies that would fill the
 * daemon's memory are published in rounds, each to a topic of its own; the time between does not
 * count.
 *
 * @param roundBytes how many bytes of bodies a topic is to hold
 */
record PublishScenario(String name, Publishing publishing, int roundBytes) implements Scenario {
    private static final int ROUND_BYTES = 512 * 1024 * 1024;

    PublishScenario(String name, Publishing publishing) {
        this(name, publishing, ROUND_BYTES);
    }

    @Override
    public String setting() {
        return publishing.toString();
    }

    @Override
    public List<Figure> run(Target target, Limit limit) throws IOException {
        int roundMessages = Math.max(leastMessages(), roundBytes / publishing.bodySize());
        long leftNs = limit.time().toNanos();
        int left = limit.messages();
        Round all = new Round(0, 0, 0, 0);
        do {
            Round round = round(target, Math.min(left, roundMessages), leftNs);
            all = all.plus(round);
            left -= (int) round.count();
            leftNs -= round.elapsedNs();
        } while (left >= leastMessages() && leftNs > 0);
        return List.of(
                Figure.rate("published", all.count(), all.elapsedNs()),
                Figure.cost("daemon", all.daemonNs(), all.count()),
                Figure.cost("bench", all.benchNs(), all.count()));
    }

    /** One command of each connection. */
    private int leastMessages() {
        return publishing.connections() * publishing.batch();
    }

    private Round round(Target target, int messages, long timeNs) throws IOException {
        try (Run run = new Run(target, 0, Level.DEFAULT)) {
            Crew crew = run.crew();
            PublishLoad load = new PublishLoad(crew, target, run.topic(), publishing, messages);
            Stopwatch watch = new Stopwatch(target);
            crew.await(load.start(watch.startNs() + timeNs), load.acknowledged());
            long elapsedNs = System.nanoTime() - watch.startNs();
            double cpuNs = watch.cpuNs();
            long count = load.acknowledged().count();
            target.awaitBacklog(run.topic(), count, Where.MEMORY);
            return new Round(count, elapsedNs, cpuNs, crew.cpuNs());
        }
    }

    /** What was published to one topic, or to several, and what that took. */
    private record Round(long count, long elapsedNs, double daemonNs, long benchNs) {
        Round plus(Round more) {
            return new Round(
                    count + more.count,
                    elapsedNs + more.elapsedNs,
                    daemonNs + more.daemonNs,
                    benchNs + more.benchNs);
        }
    }
}
