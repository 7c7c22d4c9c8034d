package io.sluice.examples;

import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;

/** Publishes a text: {@code PublishOne 127.0.0.1:4150 orders "order 1"}. */
public final class PublishOne {
    private PublishOne() {}

    /** Daemon, topic, text. */
    public static void main(String[] args) {
        ProducerOptions options = ProducerOptions.builder().nsqd(args[0]).build();
        try (Producer producer = new Producer(options)) {
            // Waits for the daemon's OK; it throws when the message was not accepted.
            producer.publish(args[1], Bytes.utf8(args[2])).join();
        }
    }
}
