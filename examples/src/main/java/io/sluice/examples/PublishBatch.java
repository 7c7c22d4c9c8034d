package io.sluice.examples;

import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;
import java.util.Arrays;
import java.util.List;

/** Publishes texts, all or none: {@code PublishBatch 127.0.0.1:4150 orders "order 1" "order 2"}. */
public final class PublishBatch {
    private PublishBatch() {}

    /** Daemon, topic, texts. */
    public static void main(String[] args) {
        List<Bytes> texts = Arrays.stream(args).skip(2).map(Bytes::utf8).toList();
        ProducerOptions options = ProducerOptions.builder().nsqd(args[0]).build();
        try (Producer producer = new Producer(options)) {
            producer.publish(args[1], texts).join();
        }
    }
}
