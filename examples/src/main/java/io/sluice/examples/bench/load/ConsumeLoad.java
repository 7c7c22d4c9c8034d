package io.sluice.examples.bench.load;

import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.wire.Connection;
import io.sluice.examples.bench.wire.Consuming;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Consumers of all channels of one topic. */
public final class ConsumeLoad {
    private final Crew crew;
    private final List<List<Consumer>> consumersByChannel = new ArrayList<>();
    private final List<CompletableFuture<Void>> ended = new ArrayList<>();
    private final Progress received = new Progress();

    /**
     * Connects and subscribes; no message comes before {@link #start}.
     *
     * @param messages limit of the numbers that messages may have
     */
    public ConsumeLoad(
            Crew crew, Target target, TopicName topic, Consuming consuming, int size, int messages)
            throws IOException {
        this.crew = crew;
        for (ChannelName name : channels(consuming.channels())) {
            List<Consumer> consumers = new ArrayList<>();
            for (int i = 0; i < consuming.consumers(); i++) {
                Connection connection =
                        Connection.open(target.tcpAddress(), Consumer.frameLength(size));
                crew.own(connection).subscribe(consuming, topic, name);
                Receipts receipts = new Receipts(messages);
                consumers.add(
                        new Consumer(connection, consuming.readyCount(), size, receipts, received));
            }
            consumersByChannel.add(consumers);
        }
    }

    /** The names of so many channels. */
    public static List<ChannelName> channels(int count) {
        return IntStream.range(0, count).mapToObj(i -> new ChannelName("channel" + i)).toList();
    }

    /** Lets messages come. */
    public void start() {
        for (List<Consumer> consumers : consumersByChannel) {
            for (Consumer consumer : consumers) ended.add(crew.start("consumer", consumer));
        }
    }

    /**
     * Waits until the published messages have come on all channels, and for what the daemon may
     * still send behind them; then fails unless each has come exactly once.
     *
     * @return the System.nanoTime() at which the last one had come
     */
    public long finish(List<Numbers> published) throws IOException {
        long count = published.stream().mapToLong(Numbers::used).sum();
        received.goal(count * consumersByChannel.size());
        long lastNs = crew.await(received.reachedNs(), received);
        for (List<Consumer> consumers : consumersByChannel) {
            for (Consumer consumer : consumers) consumer.connection().stopMessages();
        }
        CompletableFuture<?>[] all = ended.toArray(CompletableFuture[]::new);
        crew.await(CompletableFuture.allOf(all), received);
        for (List<Consumer> consumers : consumersByChannel) verify(consumers, published);
        return lastNs;
    }

    private static void verify(List<Consumer> consumers, List<Numbers> published) {
        Receipts together = consumers.get(0).receipts();
        for (Consumer other : consumers.subList(1, consumers.size())) {
            together.merge(other.receipts());
        }
        together.verify(published);
    }

    /** Counts deliveries. */
    public Progress received() {
        return received;
    }

    /** All latencies of all consumers. */
    public Histogram latencyNs() {
        Histogram all = consumersByChannel.get(0).get(0).latencyNs().copy();
        all.reset();
        for (List<Consumer> consumers : consumersByChannel) {
            for (Consumer consumer : consumers) all.add(consumer.latencyNs());
        }
        return all;
    }
}
