package io.sluice.examples;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.ReceivedMessage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Prints orders, and has those that fail delivered again: {@code ConsumeWithRetry 127.0.0.1:4161
 * orders billing 100} ends after a hundred.
 */
public final class ConsumeWithRetry {
    private ConsumeWithRetry() {}

    /** Lookup node, topic, channel, how many. */
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(Integer.parseInt(args[3]));
        ConsumerOptions options =
                ConsumerOptions.builder(args[1], args[2])
                        .lookupd(args[0])
                        .maxInFlight(10)
                        // After its third failure a message is given up, and the listener told.
                        .maxAttempts(3)
                        .requeueDelay(Duration.ofMillis(100), Duration.ofSeconds(10))
                        .build();
        try (Consumer consumer = Consumer.start(options, message -> handle(message, left))) {
            left.await();
        }
    }

    /** A return finishes the message; an exception gives it back, to be tried again later. */
    private static void handle(ReceivedMessage message, CountDownLatch left) {
        String order = message.body().utf8();
        if (order.contains("fragile") && message.attempts() == 1) {
            throw new IllegalStateException("dropped it: " + order);
        }
        System.out.println(order + ", attempt " + message.attempts());
        left.countDown();
    }
}
