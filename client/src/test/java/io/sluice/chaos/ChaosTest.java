package io.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sluice.client.Compression;
import io.sluice.client.ConnectionOptions;
import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Daemons;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.client.ReceivedMessage;
import io.sluice.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Daemons and lookup nodes go and come back, connections break inside frames: no publish that was
 * acknowledged is lost, and every message is finished. {@code -Dchaos.seeds=200} runs more worlds,
 * {@code -Dseed=N} repeats one.
 */
class ChaosTest {
    private static final int SEEDS = Integer.getInteger("chaos.seeds", 3);
    private static final int MESSAGES = 400;
    private static final int EVENTS = 6;
    private static final long PATIENCE_S = 90;

    /** In each so-manieth world the daemons are processes that are killed. */
    private static final int KILLED_EVERY = 25;

    @TempDir Path folder;

    @TestFactory
    Stream<DynamicTest> nothingAcknowledgedIsLost() {
        Logger.getLogger("io.sluice.client").setLevel(Level.OFF);
        Long seed = Long.getLong("seed");
        LongStream seeds = seed == null ? LongStream.range(0, SEEDS) : LongStream.of(seed);
        return seeds.mapToObj(one -> dynamicTest("-Dseed=" + one, () -> run(one)));
    }

    private void run(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> events = new ArrayList<>();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Finished finished = new Finished(seed);
        try (World world = new World(random, folder.resolve("seed-" + seed), isMortal(seed));
                Consumer consumer = Consumer.start(consumer(world, random), finished::handle)) {
            assertThat(consumer.isStarved()).isFalse();
            try (Producer producer = new Producer(producer(world, random))) {
                for (int i = 0; i < MESSAGES; i++) {
                    if (random.nextInt(MESSAGES / EVENTS) == 0) events.add(world.happen());
                    String body = "message " + i;
                    producer.publish("t", Bytes.utf8(body)).thenRun(() -> acknowledged.add(body));
                }
                world.mend();
            }
            assertThat(finished.await(acknowledged))
                    .as("missing of %s acknowledged, after %s", acknowledged.size(), events)
                    .isEmpty();
        }
    }

    /** A process takes longer to start than all else here. */
    private static boolean isMortal(long seed) {
        return seed % KILLED_EVERY == KILLED_EVERY - 1 && !Daemons.areForeign();
    }

    private static ConnectionOptions connection(Random random) {
        Compression[] all = Compression.values();
        return ConnectionOptions.builder()
                .heartbeatInterval(Duration.ofSeconds(1))
                .compression(all[random.nextInt(all.length)])
                .build();
    }

    private static ProducerOptions producer(World world, Random random) {
        ProducerOptions.Builder options =
                ProducerOptions.builder()
                        .connection(connection(random))
                        .connections(1 + random.nextInt(3))
                        .batching(random.nextBoolean())
                        .maxInFlightMessages(1 + random.nextInt(100))
                        .maxResends(random.nextBoolean() ? 5 : 0)
                        .reconnectDelay(Duration.ofMillis(10), Duration.ofMillis(100))
                        .lookupPoll(Duration.ofMillis(100), 0.3);
        if (random.nextBoolean()) world.lookupAddresses().forEach(options::lookupd);
        else world.nsqdAddresses().forEach(options::nsqd);
        return options.build();
    }

    private static ConsumerOptions consumer(World world, Random random) {
        ConsumerOptions.Builder options =
                ConsumerOptions.builder("t", "c")
                        .connection(connection(random))
                        .maxInFlight(1 + random.nextInt(50))
                        .handlerThreads(random.nextInt(4))
                        .maxAttempts(0)
                        .requeueDelay(Duration.ofMillis(1), Duration.ofMillis(10))
                        .backoff(Duration.ofMillis(1), Duration.ofMillis(10))
                        .msgTimeout(Duration.ofSeconds(2))
                        .turns(
                                Duration.ofMillis(50),
                                Duration.ofMillis(100),
                                Duration.ofMillis(200))
                        .lookupPoll(Duration.ofMillis(100), 0.3)
                        .closeTimeout(Duration.ofSeconds(1));
        if (random.nextBoolean()) world.lookupAddresses().forEach(options::lookupd);
        else world.nsqdAddresses().forEach(options::nsqd);
        return options.build();
    }

    /** What the consumer has finished; some fail at first. */
    private static final class Finished {
        private final Random random;
        private final Set<String> bodies = ConcurrentHashMap.newKeySet();
        private volatile CountDownLatch more = new CountDownLatch(1);

        Finished(long seed) {
            random = new Random(~seed);
        }

        void handle(ReceivedMessage message) throws IOException {
            if (random.nextInt(20) == 0) throw new IOException("told to fail");
            bodies.add(message.body().utf8());
            more.countDown();
        }

        /** What of {@code wanted} is still missing when nothing has come for a long time. */
        Set<String> await(Set<String> wanted) throws InterruptedException {
            while (true) {
                more = new CountDownLatch(1);
                Set<String> missing = new TreeSet<>(wanted);
                missing.removeAll(bodies);
                if (missing.isEmpty() || !more.await(PATIENCE_S, TimeUnit.SECONDS)) return missing;
            }
        }
    }
}
