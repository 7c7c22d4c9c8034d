package io.sluice.examples;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Point to point: workers on one channel share the jobs of a topic, and each job is for one of
 * them. {@code WorkQueue 127.0.0.1:4150 resize 3 "cat.jpg" "dog.jpg" "owl.jpg"}.
 */
public final class WorkQueue {
    private WorkQueue() {}

    /** Daemon, topic, how many workers, jobs. */
    public static void main(String[] args) throws InterruptedException {
        List<Bytes> jobs = List.of(args).subList(3, args.length).stream().map(Bytes::utf8).toList();
        try (Producer producer = new Producer(ProducerOptions.builder().nsqd(args[0]).build())) {
            producer.publish(args[1], jobs).join();
        }
        CountDownLatch left = new CountDownLatch(jobs.size());
        List<Consumer> workers = new ArrayList<>();
        // Here they are threads of one process; most often they are processes on many hosts.
        for (int i = 1; i <= Integer.parseInt(args[2]); i++) {
            workers.add(worker("worker " + i, args[0], args[1], left));
        }
        left.await();
        workers.forEach(Consumer::close);
    }

    private static Consumer worker(String name, String nsqd, String topic, CountDownLatch left) {
        ConsumerOptions options =
                ConsumerOptions.builder(topic, "workers")
                        .nsqd(nsqd)
                        // A slow job does not keep others waiting that another worker could do.
                        .maxInFlight(1)
                        .build();
        return Consumer.start(
                options,
                job -> {
                    System.out.println(name + " does " + job.body().utf8());
                    left.countDown();
                });
    }
}
