package io.sluice.examples.clients;

import io.sluice.client.ConsumerOptions;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Ours: a batch does not wait for the answer to the one before. */
final class SluiceClient implements ComparedClient {
    private static final int BATCH = 100;

    private final String lookupd;
    private final Producer producer;

    SluiceClient(String nsqd, String lookupd) {
        this.lookupd = lookupd;
        producer = new Producer(ProducerOptions.builder().nsqd(nsqd).build());
    }

    @Override
    public String name() {
        return "sluice";
    }

    @Override
    public void publishAndWait(String topic, byte[] body) {
        producer.publish(topic, Bytes.wrap(body)).join();
    }

    @Override
    public void publishAll(String topic, byte[] body, int count) {
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int left = count; left > 0; left -= BATCH) {
            int size = Math.min(left, BATCH);
            answers.add(producer.publish(topic, Collections.nCopies(size, Bytes.wrap(body))));
        }
        answers.forEach(CompletableFuture::join);
    }

    @Override
    public AutoCloseable consume(String topic, Consumer<byte[]> handler) {
        ConsumerOptions options =
                ConsumerOptions.builder(topic, "c").lookupd(lookupd).maxInFlight(200).build();
        return io.sluice.client.Consumer.start(
                options, message -> handler.accept(message.body().toArray()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
