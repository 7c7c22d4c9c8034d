package io.sluice.examples.clients;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.lookupd.Lookupd;
import io.sluice.nsqd.Nsqd;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two client libraries side by side on the same daemon, in turns: A B, B A, A B. Prints the medians
 * of the rounds and their spread, and how much better ours is. No build runs it: {@code
 * -Dtest=ClientBench} does, and takes about a minute; {@code -Drounds=30} does more rounds.
 */
final class ClientBench {
    private static final int SIZE = 200;
    private static final int WARM_UPS = 4;
    private static final int ROUNDS = Integer.getInteger("rounds", 9);
    private static final int MANY = 200_000;
    private static final int SINGLES = 1_000;

    private final Results results = new Results();
    private int topicCount;

    @TempDir Path folder;

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
                List<ComparedClient> turns =
                        round % 2 == 0 ? List.of(ours, theirs) : List.of(theirs, ours);
                for (ComparedClient client : turns) measure(client, round >= 0);
                measureLeast(nsqd.tcp(), round >= 0);
            }
            results.print(ours.name(), theirs.name(), BareSocket.NAME);
        } finally {
            nsqd.stop();
            lookupd.stop();
        }
    }

    private static String loopback(String listener) {
        return "--" + listener + "-address=127.0.0.1:0";
    }

    private void measure(ComparedClient client, boolean keep) throws Exception {
        Results round = new Results();
        String who = client.name();
        String topic = who + topicCount++;
        byte[] body = new byte[SIZE];
        round.addTimes(who, "publish, one at a time", publishTimes(client, topic, body));
        long startNs = System.nanoTime();
        client.publishAll(topic, body, MANY);
        round.addRate(who, "publish in batches", MANY, System.nanoTime() - startNs);
        int count = MANY + SINGLES;
        round.addRate(who, "consume", count, consumeNs(client, topic, count));
        round.addTimes(who, "publish to handler", deliveryTimes(client, topic + "d"));
        if (keep) results.addAll(round);
    }

    private void measureLeast(HostAndPort daemon, boolean keep) throws Exception {
        Results round = new Results();
        long[] ns = new long[SINGLES];
        try (BareSocket socket = new BareSocket(daemon)) {
            for (int i = 0; i < SINGLES; i++) {
                long startNs = System.nanoTime();
                socket.publishAndWait("bare" + topicCount, new byte[SIZE]);
                ns[i] = System.nanoTime() - startNs;
            }
        }
        round.addTimes(BareSocket.NAME, "publish, one at a time", ns);
        if (keep) results.addAll(round);
    }

    private static long[] publishTimes(ComparedClient client, String topic, byte[] body) {
        long[] ns = new long[SINGLES];
        for (int i = 0; i < SINGLES; i++) {
            long startNs = System.nanoTime();
            client.publishAndWait(topic, body);
            ns[i] = System.nanoTime() - startNs;
        }
        return ns;
    }

    private static long consumeNs(ComparedClient client, String topic, int count) throws Exception {
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
            return System.nanoTime() - startNs;
        }
    }

    /**
     * Each message is published when the one before was handled, so that none waits for another.
     * The first only finds the consumer; the others carry when they were sent.
     */
    private static long[] deliveryTimes(ComparedClient client, String topic) throws Exception {
        long[] ns = new long[SINGLES];
        AtomicInteger count = new AtomicInteger(-1);
        Semaphore handled = new Semaphore(0);
        client.publishAndWait(topic, new byte[SIZE]);
        try (AutoCloseable consumer =
                client.consume(
                        topic,
                        body -> {
                            long nowNs = System.nanoTime();
                            int index = count.getAndIncrement();
                            if (index >= 0) ns[index] = nowNs - ByteBuffer.wrap(body).getLong();
                            handled.release();
                        })) {
            handled.acquire();
            for (int i = 0; i < SINGLES; i++) {
                ByteBuffer body = ByteBuffer.allocate(SIZE).putLong(0, System.nanoTime());
                client.publishAndWait(topic, body.array());
                handled.acquire();
            }
        }
        return ns;
    }
}
