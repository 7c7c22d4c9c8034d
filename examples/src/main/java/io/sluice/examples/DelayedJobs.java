package io.sluice.examples;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/**
 * Jobs for later: the daemon keeps each until it is due. {@code DelayedJobs 127.0.0.1:4150
 * reminders PT2S "drink" PT0.5S "breathe"} prints the second one first.
 */
public final class DelayedJobs {
    private DelayedJobs() {}

    /** Daemon, topic, then pairs of an ISO 8601 duration and a text. */
    public static void main(String[] args) throws InterruptedException {
        int jobs = (args.length - 2) / 2;
        try (Producer producer = new Producer(ProducerOptions.builder().nsqd(args[0]).build())) {
            for (int i = 0; i < jobs; i++) {
                Duration delay = Duration.parse(args[2 + 2 * i]);
                Bytes text = Bytes.utf8(args[3 + 2 * i]);
                producer.publishDeferred(args[1], text, delay).join();
            }
        }
        CountDownLatch left = new CountDownLatch(jobs);
        ConsumerOptions options =
                ConsumerOptions.builder(args[1], "reminders").nsqd(args[0]).build();
        try (Consumer consumer =
                Consumer.start(
                        options,
                        job -> {
                            long ms = Duration.between(job.timestamp(), Instant.now()).toMillis();
                            System.out.println(job.body().utf8() + ", after " + ms + " ms");
                            left.countDown();
                        })) {
            left.await();
        }
    }
}
