package io.sluice.client.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sluice.client.AnswerRefusedException;
import io.sluice.client.ConnectionLostException;
import io.sluice.client.ConsumerListener;
import io.sluice.client.NsqException;
import io.sluice.client.NsqdAddress;
import io.sluice.client.ReceivedMessage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what a consumer does: a listener for its options, one for each consumer.
 *
 * <ul>
 *   <li>{@code nsq.consumer.received} and {@code nsq.consumer.bytes}: messages that came
 *   <li>{@code nsq.consumer.finished} and {@code nsq.consumer.requeued}: timers of messages, from
 *       their arrival to their answer
 *   <li>{@code nsq.consumer.failed}: handlers that failed; {@code nsq.consumer.given.up}: messages
 *       that came too often; {@code nsq.consumer.refused}: answers that came too late
 *   <li>{@code nsq.consumer.connections} and {@code nsq.consumer.backing.off}: gauges of how many
 *       connections there are, and 1 while consuming is slowed down
 * </ul>
 */
public final class ConsumerMetrics implements ConsumerListener {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer finished;
    private final Timer requeued;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger backingOff = new AtomicInteger();

    /**
     * Metrics of one consumer.
     *
     * @param tags added to all of them: key, value, key, value; such as its topic and its channel
     */
    public ConsumerMetrics(MeterRegistry registry, String... tags) {
        this.registry = registry;
        this.tags = Tags.of(tags);
        finished = registry.timer("nsq.consumer.finished", this.tags);
        requeued = registry.timer("nsq.consumer.requeued", this.tags);
        registry.gauge("nsq.consumer.connections", this.tags, connections);
        registry.gauge("nsq.consumer.backing.off", this.tags, backingOff);
    }

    @Override
    public void connected(NsqdAddress nsqd) {
        connections.incrementAndGet();
    }

    @Override
    public void disconnected(NsqdAddress nsqd, NsqException why) {
        if (why instanceof ConnectionLostException) connections.decrementAndGet();
    }

    @Override
    public void received(ReceivedMessage message) {
        count("received", 1);
        count("bytes", message.body().length());
    }

    @Override
    public void finished(ReceivedMessage message, long elapsedNs) {
        finished.record(elapsedNs, TimeUnit.NANOSECONDS);
    }

    @Override
    public void requeued(ReceivedMessage message, long elapsedNs) {
        requeued.record(elapsedNs, TimeUnit.NANOSECONDS);
    }

    @Override
    public void gaveUp(ReceivedMessage message) {
        count("given.up", 1);
    }

    @Override
    public void handlerFailed(ReceivedMessage message, Throwable why) {
        count("failed", 1);
    }

    @Override
    public void answerRefused(NsqdAddress nsqd, AnswerRefusedException why) {
        count("refused", 1);
    }

    @Override
    public void backingOff(boolean on) {
        backingOff.set(on ? 1 : 0);
    }

    @Override
    public void closed() {
        connections.set(0);
        backingOff.set(0);
    }

    private void count(String name, double amount) {
        registry.counter("nsq.consumer." + name, tags).increment(amount);
    }
}
