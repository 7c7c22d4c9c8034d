package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Level;
import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.load.ConsumeLoad;
import io.sluice.examples.bench.load.Crew;
import io.sluice.examples.bench.load.Numbers;
import io.sluice.examples.bench.load.OpenLoopPublisher;
import io.sluice.examples.bench.load.Progress;
import io.sluice.examples.bench.load.Schedule;
import io.sluice.examples.bench.measure.Figure;
import io.sluice.examples.bench.measure.Stopwatch;
import io.sluice.examples.bench.wire.Connection;
import io.sluice.examples.bench.wire.Consuming;
import io.sluice.examples.bench.wire.PublishCommand;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One open loop at a steady rate into one consumer: how long messages are under way, from the time
 * at which they should have been sent.
 */
record LatencyScenario(String name, int perSecond, Consuming consuming, int bodySize)
        implements Scenario {
    @Override
    public String setting() {
        return String.format("PUB %d B, open loop at %,d/s; %s", bodySize, perSecond, consuming);
    }

    @Override
    public List<Figure> run(Target target, Limit limit) throws IOException {
        int count = messages(limit);
        try (Run run = new Run(target, consuming.channels(), Level.DEFAULT)) {
            Crew crew = run.crew();
            ConsumeLoad consumers =
                    new ConsumeLoad(crew, target, run.topic(), consuming, bodySize, count);
            Progress acknowledged = new Progress();
            List<Numbers> numbers = Numbers.split(count, 1);
            PublishCommand command = PublishCommand.of(run.topic(), 1, bodySize);
            Connection connection =
                    crew.own(Connection.open(target.tcpAddress(), command.length()));
            Stopwatch watch = new Stopwatch(target);
            consumers.start();
            OpenLoopPublisher publisher =
                    new OpenLoopPublisher(
                            connection,
                            command,
                            new Schedule(System.nanoTime(), perSecond),
                            numbers.get(0),
                            acknowledged);
            crew.await(crew.start("publisher", publisher), acknowledged);
            consumers.finish(numbers);
            double cpuNs = watch.cpuNs();
            return figures(consumers.latencyNs(), publisher.latenessNs(), cpuNs, crew.cpuNs());
        }
    }

    private int messages(Limit limit) {
        long count = limit.time().toNanos() * perSecond / TimeUnit.SECONDS.toNanos(1);
        return (int) Math.max(1, Math.min(count, limit.messages()));
    }

    private static List<Figure> figures(
            Histogram latencyNs, Histogram latenessNs, double daemonNs, double benchNs) {
        long count = latencyNs.getTotalCount();
        return List.of(
                Figure.latency("p50", latencyNs.getValueAtPercentile(50)),
                Figure.latency("p90", latencyNs.getValueAtPercentile(90)),
                Figure.latency("p99", latencyNs.getValueAtPercentile(99)),
                Figure.latency("p99.9", latencyNs.getValueAtPercentile(99.9)),
                Figure.latency("max", latencyNs.getMaxValue()),
                Figure.latency("of it sent late, p50", latenessNs.getValueAtPercentile(50)),
                Figure.latency("of it sent late, p99", latenessNs.getValueAtPercentile(99)),
                Figure.cost("daemon", daemonNs, count),
                Figure.cost("bench", benchNs, count));
    }
}
