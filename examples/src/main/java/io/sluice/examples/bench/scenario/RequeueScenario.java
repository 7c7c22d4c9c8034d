package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Level;
import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.daemon.Where;
import io.sluice.examples.bench.load.ConsumeLoad;
import io.sluice.examples.bench.load.Consumer;
import io.sluice.examples.bench.load.Crew;
import io.sluice.examples.bench.load.Numbers;
import io.sluice.examples.bench.load.Progress;
import io.sluice.examples.bench.load.Requeuer;
import io.sluice.examples.bench.measure.Figure;
import io.sluice.examples.bench.measure.Stopwatch;
import io.sluice.examples.bench.wire.Connection;
import io.sluice.examples.bench.wire.Consuming;
import io.sluice.protocol.ChannelName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * One consumer that requeues every message with a delay, some times, and then finishes it: how late
 * they come, against the delay.
 */
record RequeueScenario(String name, int messages, Consuming consuming, int bodySize)
        implements Scenario {
    private static final int TIMES = 2;
    private static final Duration DELAY = Duration.ofMillis(100);

    @Override
    public String setting() {
        return String.format(
                "%,d messages of %d B, REQ with %d ms %d times, then FIN; %s",
                messages, bodySize, DELAY.toMillis(), TIMES, consuming);
    }

    @Override
    public List<Figure> run(Target target, Limit limit) throws IOException {
        int most = Math.min(messages, limit.messages());
        try (Run run = new Run(target, 1, Level.DEFAULT)) {
            List<Numbers> published =
                    Backlog.fill(target, run.topic(), bodySize, most, Where.MEMORY);
            long count = published.stream().mapToLong(Numbers::used).sum();
            Crew crew = run.crew();
            ChannelName channel = ConsumeLoad.channels(1).get(0);
            Connection connection =
                    crew.own(Connection.open(target.tcpAddress(), Consumer.frameLength(bodySize)));
            connection.subscribe(consuming, run.topic(), channel);
            Progress received = new Progress();
            received.goal(count * (TIMES + 1));
            Requeuer requeuer =
                    new Requeuer(connection, consuming.readyCount(), TIMES, DELAY, most, received);
            Stopwatch watch = new Stopwatch(target);
            CompletableFuture<Void> ended = crew.start("requeuer", requeuer);
            crew.await(received.reachedNs(), received);
            double cpuNs = watch.cpuNs();
            connection.stopMessages();
            crew.await(ended, received);
            return figures(requeuer.latenessNs(), cpuNs, crew.cpuNs(), count);
        }
    }

    private static List<Figure> figures(
            Histogram latenessNs, double daemonNs, double benchNs, long count) {
        return List.of(
                Figure.latency("late, p50", latenessNs.getValueAtPercentile(50)),
                Figure.latency("late, p99", latenessNs.getValueAtPercentile(99)),
                Figure.latency("late, max", latenessNs.getMaxValue()),
                Figure.cost("daemon", daemonNs, count),
                Figure.cost("bench", benchNs, count));
    }
}
