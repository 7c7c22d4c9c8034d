package io.sluice.examples.clients;

import io.sluice.client.ConsumerOptions;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Ours: publishes go out one by one or, where many are wanted, as they gather. */
final class SluiceClient implements ComparedClient {
    private final String lookupd;
    private final Producer producer;
    private final Producer batching;

    SluiceClient(String nsqd, String lookupd) {
        this.lookupd = lookupd;
        ProducerOptions.Builder options = ProducerOptions.builder().nsqd(nsqd);
        producer = new Producer(options.build());
        batching = new Producer(options.batching(true).build());
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
        CompletableFuture<?>[] answers = new CompletableFuture<?>[count];
        for (int i = 0; i < count; i++) answers[i] = batching.publish(topic, Bytes.wrap(body));
        CompletableFuture.allOf(answers).join();
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
        batching.close();
    }
}
