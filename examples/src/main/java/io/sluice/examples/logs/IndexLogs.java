package io.sluice.examples.logs;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.client.ReceivedMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Makes lines searchable: {@code IndexLogs 127.0.0.1:4161 127.0.0.1:4150 logs index
 * http://127.0.0.1:9200/_bulk} indexes them in Elasticsearch, or what has its {@code _bulk}, until
 * it is stopped. While that is slow or away, lines wait in the queue; a line that it will never
 * take goes to the topic with {@code .rejected}.
 */
public final class IndexLogs {
    private static final int MAX_BATCH = 500;
    private static final Duration LINGER = Duration.ofMillis(200);

    private final BulkIndex index;
    private final Producer producer;
    private final String rejected;

    private IndexLogs(BulkIndex index, Producer producer, String rejected) {
        this.index = index;
        this.producer = producer;
        this.rejected = rejected;
    }

    /** Lookup node, daemon for what is rejected, topic, channel, URL. */
    public static void main(String[] args) throws InterruptedException {
        ConsumerOptions options =
                ConsumerOptions.builder(args[2], args[3])
                        .lookupd(args[0])
                        .maxInFlight(2 * MAX_BATCH)
                        .maxAttempts(0)
                        .requeueDelay(Duration.ofSeconds(1), Duration.ofMinutes(1))
                        .backoff(Duration.ofMillis(100), Duration.ofSeconds(30))
                        .build();
        Batches batches = new Batches(MAX_BATCH, LINGER);
        BulkIndex index = new BulkIndex(URI.create(args[4]), args[2]);
        try (Producer producer = new Producer(ProducerOptions.builder().nsqd(args[1]).build());
                Consumer consumer = Consumer.start(options, batches)) {
            IndexLogs logs = new IndexLogs(index, producer, args[2] + ".rejected");
            while (true) logs.index(batches.next());
        }
    }

    private void index(List<ReceivedMessage> batch) throws InterruptedException {
        try {
            List<BulkIndex.Outcome> outcomes = index.put(batch);
            for (int i = 0; i < batch.size(); i++) answer(batch.get(i), outcomes.get(i));
        } catch (IOException e) {
            System.err.println("tried again later: " + batch.size() + " lines: " + e.getMessage());
            // Each of these slows the consumer down, until it tries with one message at a time.
            batch.forEach(ReceivedMessage::requeue);
        }
    }

    private void answer(ReceivedMessage message, BulkIndex.Outcome outcome) {
        switch (outcome.verdict()) {
            case TAKEN -> message.finish();
            case LATER -> message.requeue();
            case NEVER -> reject(message, outcome.why());
        }
    }

    private void reject(ReceivedMessage message, String why) {
        System.err.println("rejected: " + why);
        producer.publish(rejected, message.body())
                .whenComplete(
                        (done, failure) -> {
                            if (failure == null) message.finish();
                            else message.requeue();
                        });
    }
}
