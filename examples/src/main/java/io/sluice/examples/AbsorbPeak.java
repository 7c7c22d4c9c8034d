package io.sluice.examples;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A peak that is too much for those who work on it: the publisher is done at once, and the queue
 * keeps what they do later. {@code AbsorbPeak 127.0.0.1:4150 visits 1000 2} publishes a thousand at
 * once and takes 2 ms for each.
 */
public final class AbsorbPeak {
    private AbsorbPeak() {}

    /** Daemon, topic, how many, milliseconds that one takes to work on. */
    public static void main(String[] args) throws InterruptedException {
        int count = Integer.parseInt(args[2]);
        Duration work = Duration.ofMillis(Long.parseLong(args[3]));
        CountDownLatch left = new CountDownLatch(count);
        ConsumerOptions options =
                ConsumerOptions.builder(args[1], "slow")
                        .nsqd(args[0])
                        // All that a consumer ever holds; the rest waits in the daemon.
                        .maxInFlight(10)
                        .build();
        try (Consumer consumer =
                Consumer.start(
                        options,
                        message -> {
                            LockSupport.parkNanos(work.toNanos());
                            left.countDown();
                        })) {
            publish(args[0], args[1], count);
            System.out.println("published " + count + ", of which " + left.getCount() + " wait");
            left.await();
            System.out.println("all done");
        }
    }

    private static void publish(String nsqd, String topic, int count) {
        try (Producer producer = new Producer(ProducerOptions.builder().nsqd(nsqd).build())) {
            // Sends on while answers are under way; each future is the answer to one message.
            CompletableFuture.allOf(
                            IntStream.range(0, count)
                                    .mapToObj(i -> Bytes.utf8("visit " + i))
                                    .map(visit -> producer.publish(topic, visit))
                                    .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
    }
}
