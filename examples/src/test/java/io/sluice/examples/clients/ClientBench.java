package io.sluice.examples.clients;

import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.lookupd.Lookupd;
import io.sluice.nsqd.Nsqd;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two client libraries side by side on the same daemon, in turns: A B A B. Prints the median of the
 * rounds, and how much better ours is. No build runs it: {@code -Dtest=ClientBench} does.
 */
final class ClientBench {
    private static final int SIZE = 200;
    private static final int WARM_UPS = 2;
    private static final int ROUNDS = 5;
    private static final int MANY = 50_000;
    private static final int SINGLES = 500;

    private final Map<String, double[][]> results = new LinkedHashMap<>();
    private int topicCount;

    @TempDir Path folder;

    /** Takes about a minute. */
    @Test
    void compare() throws Exception {
        Running lookupd =
                Launcher.start(
                        new Lookupd(), "--log-level=fatal", loopback("tcp"), loopback("http"));
        Running nsqd =
                Launcher.start(
                        new Nsqd(),
                        "--log-level=fatal",
                        loopback("tcp"),
                        loopback("http"),
                        "--broadcast-address=127.0.0.1",
                        "--mem-queue-size=1000000",
                        "--lookupd-tcp-address=" + lookupd.tcp(),
                        "--data-path=" + folder);
        String daemon = nsqd.tcp().toString();
        String node = lookupd.http().toString();
        try (ComparedClient ours = new SluiceClient(daemon, node);
                ComparedClient theirs = new NsqJClient(daemon, node)) {
            // The first rounds are for the JVM to warm up.
            for (int round = -WARM_UPS; round < ROUNDS; round++) {
                run(round, List.of(ours, theirs));
            }
        } finally {
            nsqd.stop();
            lookupd.stop();
        }
        print();
    }

    private static String loopback(String listener) {
        return "--" + listener + "-address=127.0.0.1:0";
    }

    private void run(int round, List<ComparedClient> clients) throws Exception {
        for (int side = 0; side < clients.size(); side++) {
            ComparedClient client = clients.get(side);
            String topic = client.name() + topicCount++;
            byte[] body = new byte[SIZE];
            keep(round, side, "publish, one at a time: p50 µs", latencies(client, topic, body));
            long startNs = System.nanoTime();
            client.publishAll(topic, body, MANY);
            keep(round, side, "publish: messages/s", MANY * 1e9 / (System.nanoTime() - startNs));
            keep(round, side, "consume: messages/s", consume(client, topic, MANY + SINGLES));
            keep(round, side, "publish to handler: p50 µs", deliveries(client, topic + "d"));
        }
    }

    private static double latencies(ComparedClient client, String topic, byte[] body) {
        long[] ns = new long[SINGLES];
        for (int i = 0; i < SINGLES; i++) {
            long startNs = System.nanoTime();
            client.publishAndWait(topic, body);
            ns[i] = System.nanoTime() - startNs;
        }
        return median(ns) / 1e3;
    }

    private static double consume(ComparedClient client, String topic, int count) throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(count);
        try (AutoCloseable consumer =
                client.consume(
                        topic,
                        body -> {
                            first.countDown();
                            left.countDown();
                        })) {
            // To find the daemon is not what is measured.
            first.await();
            long startNs = System.nanoTime();
            left.await();
            return count * 1e9 / (System.nanoTime() - startNs);
        }
    }

    private static double deliveries(ComparedClient client, String topic) throws Exception {
        long[] ns = new long[SINGLES];
        CountDownLatch left = new CountDownLatch(SINGLES + 1);
        int[] count = {-1};
        client.publishAndWait(topic, ByteBuffer.allocate(SIZE).array());
        CountDownLatch first = new CountDownLatch(1);
        try (AutoCloseable consumer =
                client.consume(
                        topic,
                        body -> {
                            long nowNs = System.nanoTime();
                            if (count[0] >= 0)
                                ns[count[0]] = nowNs - ByteBuffer.wrap(body).getLong();
                            count[0]++;
                            first.countDown();
                            left.countDown();
                        })) {
            first.await();
            for (int i = 0; i < SINGLES; i++) {
                ByteBuffer body = ByteBuffer.allocate(SIZE).putLong(0, System.nanoTime());
                client.publishAndWait(topic, body.array());
            }
            left.await();
        }
        return median(ns) / 1e3;
    }

    private static double median(long[] ns) {
        Arrays.sort(ns);
        return ns[ns.length / 2];
    }

    private void keep(int round, int side, String what, double value) {
        if (round < 0) return;
        results.computeIfAbsent(what, key -> new double[2][ROUNDS])[side][round] = value;
    }

    private void print() {
        List<String> lines = new ArrayList<>();
        results.forEach(
                (what, sides) -> {
                    for (double[] side : sides) Arrays.sort(side);
                    double ours = sides[0][ROUNDS / 2];
                    double theirs = sides[1][ROUNDS / 2];
                    double ratio = what.endsWith("/s") ? ours / theirs : theirs / ours;
                    lines.add("%-32s %12.1f %12.1f %8.2f".formatted(what, ours, theirs, ratio));
                });
        System.out.printf("%-32s %12s %12s %8s%n", "", "sluice", "nsq-j", "better");
        lines.forEach(System.out::println);
    }
}
