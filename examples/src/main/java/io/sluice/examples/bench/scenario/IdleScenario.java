package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.load.ConsumeLoad;
import io.sluice.examples.bench.load.Crew;
import io.sluice.examples.bench.load.IdleLoad;
import io.sluice.examples.bench.measure.Figure;
import io.sluice.examples.bench.measure.Footprint;
import io.sluice.examples.bench.measure.Stopwatch;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Topics with one channel each, and its consumers, to whom nothing comes: how fast they are there,
 * and what they take of memory and of the processor.
 *
 * @param consumers of each topic
 * @param idle how long to watch; a fifth of it passes before, for what the daemon does late
 */
record IdleScenario(String name, int topics, int consumers, Duration idle) implements Scenario {
    private static final int SETTLING = 5;

    @Override
    public String setting() {
        return String.format(
                "%,d topic(s) x 1 channel x %,d consumer(s) with RDY 1, then idle for %,d ms",
                topics, consumers, idle.toMillis());
    }

    @Override
    public List<Figure> run(Target target, Limit limit) throws IOException {
        List<TopicName> names = Stream.generate(Run::newTopic).limit(topics).toList();
        int count = topics * consumers;
        try (Leftovers leftovers = new Leftovers(target, new ArrayList<>());
                Crew crew = new Crew()) {
            ChannelName channel = ConsumeLoad.channels(1).get(0);
            IdleLoad load = new IdleLoad(crew, target, channel, leftovers.topics());
            double beforeBytes = Footprint.bytes(target);
            long startNs = System.nanoTime();
            crew.await(
                    crew.start("connector", () -> load.connect(names, consumers)),
                    load.subscribed());
            long elapsedNs = System.nanoTime() - startNs;
            rest(idle.dividedBy(SETTLING));
            Footprint footprint = new Footprint(beforeBytes, Footprint.bytes(target));
            Stopwatch watch = new Stopwatch(target);
            rest(idle);
            double cpuNs = watch.cpuNs();
            long idleNs = System.nanoTime() - watch.startNs();
            load.verify();
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.rate(topics == 1 ? "subscribed" : "created", count, elapsedNs));
            String what = topics == 1 ? "consumer" : "topic";
            figures.addAll(footprint.figures(what, Figure.Unit.KIB, count));
            figures.add(Figure.share("idle daemon CPU", cpuNs, idleNs));
            return figures;
        }
    }

    private static void rest(Duration time) {
        long untilNs = System.nanoTime() + time.toNanos();
        for (long leftNs = time.toNanos(); leftNs > 0; leftNs = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    /** The topics that were made, to be deleted when all connections are closed. */
    private record Leftovers(Target target, List<TopicName> topics) implements AutoCloseable {
        @Override
        public void close() {
            topics.forEach(target::delete);
        }
    }
}
