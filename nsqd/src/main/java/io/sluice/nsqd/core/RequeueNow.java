package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.List;
import java.util.function.Consumer;

/**
 * Deferred messages of a channel wait for a consumer at once, whatever their time: those in memory
 * first, the earliest of them first, then those in the log, run by run. What is in the log stays
 * there until its turn.
 */
public final class RequeueNow {
    private final Channel channel;
    private final int wanted;
    private final Consumer<Result> done;
    private int requeued;

    /**
     * What became of it.
     *
     * @param requeued messages that wait for a consumer now
     * @param left messages of the channel that are still deferred
     */
    public record Result(long requeued, long left) {}

    private RequeueNow(Channel channel, int wanted, Consumer<Result> done) {
        this.channel = channel;
        this.wanted = wanted;
        this.done = done;
    }

    /**
     * Requeues up to {@code count} messages of a channel that there is.
     *
     * @param done called now, or later when refs have to be read from the log
     */
    public static void start(
            Broker broker,
            TopicName topic,
            ChannelName channel,
            int count,
            long nowNs,
            Consumer<Result> done) {
        new RequeueNow(broker.find(topic, channel), count, done).goOn(nowNs);
    }

    private void goOn(long nowNs) {
        Deferrals deferred = channel.waiting().deferred();
        Delivery delivery;
        while (requeued < wanted && (delivery = deferred.poll(Long.MAX_VALUE)) != null) {
            channel.queueAgain(delivery);
            requeued++;
        }
        if (requeued < wanted && deferred.runs().hasNext()) {
            deferred.runs().takeOut(wanted - requeued, nowNs, this::taken);
            return;
        }
        channel.dispatch(nowNs);
        done.accept(new Result(requeued, deferred.size()));
    }

    private void taken(List<Ref> refs, long nowNs) {
        channel.waiting().addLogged(refs);
        requeued += refs.size();
        goOn(nowNs);
    }
}
