package io.sluice.examples;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.client.ReceivedMessage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * What fails again and again goes to a topic of its own, where somebody can look at it: {@code
 * DeadLetters 127.0.0.1:4150 orders 3} ends after three messages, done or dead.
 */
public final class DeadLetters {
    private static final int MAX_ATTEMPTS = 3;

    private DeadLetters() {}

    /** Daemon, topic, how many; those that cannot be done go to the topic with {@code .dead}. */
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(Integer.parseInt(args[2]));
        String dead = args[1] + ".dead";
        ConsumerOptions options =
                ConsumerOptions.builder(args[1], "work")
                        .nsqd(args[0])
                        // Not given up by the library: that is decided below.
                        .maxAttempts(0)
                        .requeueDelay(Duration.ofMillis(50), Duration.ofSeconds(1))
                        .backoff(Duration.ofMillis(10), Duration.ofMillis(100))
                        .build();
        try (Producer producer = new Producer(ProducerOptions.builder().nsqd(args[0]).build());
                Consumer consumer =
                        Consumer.start(
                                options,
                                message -> {
                                    handle(message, producer, dead);
                                    left.countDown();
                                })) {
            left.await();
        }
    }

    private static void handle(ReceivedMessage message, Producer producer, String dead) {
        try {
            work(message.body().utf8());
        } catch (IllegalStateException e) {
            if (message.attempts() < MAX_ATTEMPTS) throw e;
            // Should this fail, the message is given back like any that failed: never lost.
            producer.publish(dead, message.body()).join();
            System.out.println("dead: " + e.getMessage());
        }
    }

    private static void work(String order) {
        if (order.contains("unicorn")) throw new IllegalStateException("no " + order + " in stock");
        System.out.println("done: " + order);
    }
}
