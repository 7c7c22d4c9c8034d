package io.sluice.nsqd.core;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages of a channel on their way to another topic. The channel sees a consumer that takes what
 * waits, from the head, whether or not it is paused: what it has is in flight until the other topic
 * has promised to keep it, and is queued again if that never happens.
 */
public final class Move implements Outbox {
    /** Messages that are under way at a time. */
    private static final int BATCH = 100;

    private final Broker broker;
    private final TopicName topic;
    private final Channel channel;
    private final Subscriber subscriber;

    private final List<Delivery> batch = new ArrayList<>();
    private int left;
    private long moved;
    private boolean closed;

    private Move(
            Broker broker, TopicName topic, ChannelName channel, int count, ClientSettings client) {
        this.broker = broker;
        this.topic = topic;
        this.channel = broker.find(topic, channel);
        this.subscriber = Subscriber.passing(new Session(broker, client, this), this);
        this.left = count;
    }

    /**
     * Starts to move up to {@code count} messages out of a channel that there is. It must come to
     * its {@link #end}.
     *
     * @param client as which the channel shows this among its consumers
     * @throws Refused when the channel may have no more consumers
     */
    public static Move begin(
            Broker broker, TopicName topic, ChannelName channel, int count, ClientSettings client)
            throws Refused {
        Move move = new Move(broker, topic, channel, count, client);
        move.channel.subscribe(move.subscriber);
        return move;
    }

    /**
     * The next messages to publish to the other topic. None when there are no more, and also while
     * they are being read from the log.
     */
    public List<Bytes> next(long nowNs) {
        batch.clear();
        if (closed) return List.of();
        MessageQueue queued = channel.waiting().queued();
        int most = Math.min(BATCH, left);
        while (batch.size() < most && queued.hasNext(nowNs)) {
            channel.send(queued.remove(), subscriber, nowNs);
        }
        left -= batch.size();
        // Memory may read on.
        channel.dispatch(nowNs);
        return batch.stream().map(delivery -> delivery.body().alone()).toList();
    }

    /** True when {@link #next} will not give any more. */
    public boolean isOver() {
        return closed || left == 0 || channel.waiting().size() == 0;
    }

    /** The other topic has promised to keep what {@link #next} gave: here it is finished. */
    public void promised(long nowNs) {
        for (Delivery delivery : batch) {
            try {
                channel.finish(subscriber, delivery.id(), nowNs);
                moved++;
            } catch (Refused e) {
                // It has timed out meanwhile and is in both topics, or the channel was emptied.
            }
        }
        batch.clear();
    }

    /** What was taken and not finished waits again. */
    public void end(long nowNs) {
        if (closed) return;
        closed = true;
        channel.unsubscribe(subscriber, nowNs);
        if (channel.isAbandoned()) broker.deleteChannel(topic, channel.name(), nowNs);
    }

    /** Messages that were moved. */
    public long moved() {
        return moved;
    }

    /** Messages that wait in the channel now. */
    public long waiting() {
        return channel.waiting().size();
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public void push(Delivery delivery) {
        batch.add(delivery);
    }

    /** The channel is gone, and all that was in it. */
    @Override
    public void close() {
        closed = true;
    }
}
