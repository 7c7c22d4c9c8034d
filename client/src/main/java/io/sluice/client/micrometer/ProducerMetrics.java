package io.sluice.client.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.client.NsqException;
import io.sluice.client.NsqdAddress;
import io.sluice.client.ProducerListener;
import java.util.concurrent.TimeUnit;

/**
 * Counts what a producer does: a listener for its options.
 *
 * <ul>
 *   <li>{@code nsq.producer.publish}: timer of calls, each until its answer; by topic
 *   <li>{@code nsq.producer.messages} and {@code nsq.producer.bytes}: what daemons took; by topic
 *   <li>{@code nsq.producer.failures}: calls that failed; by topic and exception
 *   <li>{@code nsq.producer.connects} and {@code nsq.producer.losses}: connections made, and lost
 *       or not made; by daemon
 * </ul>
 */
public final class ProducerMetrics implements ProducerListener {
    private final MeterRegistry registry;
    private final Tags tags;

    /**
     * Metrics of one producer, or of several together.
     *
     * @param tags added to all of them: key, value, key, value
     */
    public ProducerMetrics(MeterRegistry registry, String... tags) {
        this.registry = registry;
        this.tags = Tags.of(tags);
    }

    @Override
    public void connected(NsqdAddress nsqd) {
        count("connects", tags.and("nsqd", nsqd.toString()), 1);
    }

    @Override
    public void disconnected(NsqdAddress nsqd, NsqException why) {
        count("losses", tags.and("nsqd", nsqd.toString()), 1);
    }

    @Override
    public void published(String topic, int messages, long bytes, long elapsedNs) {
        Tags all = tags.and("topic", topic);
        registry.timer("nsq.producer.publish", all).record(elapsedNs, TimeUnit.NANOSECONDS);
        count("messages", all, messages);
        count("bytes", all, bytes);
    }

    @Override
    public void failed(String topic, int messages, NsqException why) {
        String name = why.getClass().getSimpleName();
        count("failures", tags.and("topic", topic, "exception", name), 1);
    }

    private void count(String name, Tags all, double amount) {
        registry.counter("nsq.producer." + name, all).increment(amount);
    }
}
