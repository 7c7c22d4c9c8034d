package io.sluice.nsqd.core;

import static io.sluice.protocol.ErrorCode.E_DPUB_FAILED;
import static io.sluice.protocol.ErrorCode.E_FIN_FAILED;
import static io.sluice.protocol.ErrorCode.E_MPUB_FAILED;
import static io.sluice.protocol.ErrorCode.E_PUB_FAILED;
import static io.sluice.protocol.ErrorCode.E_REQ_FAILED;
import static io.sluice.protocol.ErrorCode.E_SUB_FAILED;
import static io.sluice.protocol.ErrorCode.E_TOUCH_FAILED;

import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.TopicName;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection as one loop knows it: what it has published there and, when the loop owns the topic
 * it subscribed to, its subscription. A connection has a session on each loop that it talks to.
 */
public final class Session {
    private static final long MS = 1_000_000L;

    private final Broker broker;
    private final Outbox outbox;

    /** By topic one number, which is counted up in place. */
    private final Map<TopicName, long[]> publishCounts = new HashMap<>();

    private ClientSettings settings;
    private Topic topic;
    private Channel channel;
    private Subscriber subscriber;
    private Receipt awaited;

    /** A session that gets its messages through {@code outbox}. */
    public Session(Broker broker, ClientSettings settings, Outbox outbox) {
        this.broker = broker;
        this.settings = settings;
        this.outbox = outbox;
    }

    /** What the client last said of itself. */
    public ClientSettings settings() {
        return settings;
    }

    /** The client has identified itself again. */
    public void identified(ClientSettings settings) {
        this.settings = settings;
    }

    /**
     * Carries out a command that {@link Admission} has let through.
     *
     * @return the answer, or null when there is none
     * @throws io.sluice.protocol.ProtocolException when the answer is an error
     */
    public Frame execute(Command command, long nowNs) {
        if (command instanceof Command.Fin c) return finish(c, nowNs);
        if (command instanceof Command.Pub c) return publish(c, nowNs);
        if (command instanceof Command.Mpub c) return publish(c, nowNs);
        if (command instanceof Command.Rdy c) return ready(c, nowNs);
        if (command instanceof Command.Req c) return requeue(c, nowNs);
        if (command instanceof Command.Touch c) return touch(c, nowNs);
        if (command instanceof Command.Dpub c) return publish(c, nowNs);
        if (command instanceof Command.Sub c) return subscribe(c, nowNs);
        if (command instanceof Command.Cls) return startClosing();
        throw new AssertionError("not for a session: " + command);
    }

    private Frame publish(Command.Pub c, long nowNs) {
        try {
            await(broker.publish(c.topic(), c.body(), 0, Durability.MEM, nowNs));
        } catch (Refused e) {
            throw E_PUB_FAILED.because("PUB failed " + e.getMessage());
        }
        return published(c.topic(), 1);
    }

    private Frame publish(Command.Mpub c, long nowNs) {
        try {
            await(broker.publish(c.topic(), c.bodies(), Durability.MEM, nowNs));
        } catch (Refused e) {
            throw E_MPUB_FAILED.because("MPUB failed " + e.getMessage());
        }
        return published(c.topic(), c.bodies().size());
    }

    private Frame publish(Command.Dpub c, long nowNs) {
        try {
            long delayNs = c.delayMs() * MS;
            await(broker.publish(c.topic(), c.body(), delayNs, Durability.MEM, nowNs));
        } catch (Refused e) {
            throw E_DPUB_FAILED.because("DPUB failed " + e.getMessage());
        }
        return published(c.topic(), 1);
    }

    private void await(Receipt receipt) {
        if (receipt != null) awaited = receipt.and(awaited);
    }

    /** What the answers so far have to wait for, since this was last asked; null for nothing. */
    public Receipt takeReceipt() {
        Receipt taken = awaited;
        awaited = null;
        return taken;
    }

    private Frame published(TopicName name, int count) {
        if (publishCounts.isEmpty()) broker.published(this);
        publishCounts.computeIfAbsent(name, topic -> new long[1])[0] += count;
        return Frame.OK;
    }

    private Frame subscribe(Command.Sub c, long nowNs) {
        topic = broker.topic(c.topic());
        channel = topic.channel(c.channel(), nowNs);
        Subscriber candidate = new Subscriber(this, outbox, broker.nearness(settings));
        try {
            channel.subscribe(candidate);
        } catch (Refused e) {
            String where = c.topic() + ":" + c.channel();
            throw E_SUB_FAILED.because("SUB failed consumers for " + where + " " + e.getMessage());
        }
        subscriber = candidate;
        return Frame.OK;
    }

    private Frame ready(Command.Rdy c, long nowNs) {
        if (subscriber != null) channel.ready(subscriber, c.count(), nowNs);
        return null;
    }

    private Frame finish(Command.Fin c, long nowNs) {
        try {
            channel.finish(subscriber, c.id(), nowNs);
            return null;
        } catch (Refused e) {
            throw E_FIN_FAILED.because("FIN " + c.id() + " failed " + e.getMessage());
        }
    }

    private Frame requeue(Command.Req c, long nowNs) {
        try {
            channel.requeue(subscriber, c.id(), c.delayMs() * MS, nowNs);
            return null;
        } catch (Refused e) {
            throw E_REQ_FAILED.because("REQ " + c.id() + " failed " + e.getMessage());
        }
    }

    private Frame touch(Command.Touch c, long nowNs) {
        try {
            channel.touch(subscriber, c.id(), nowNs);
            return null;
        } catch (Refused e) {
            throw E_TOUCH_FAILED.because("TOUCH " + c.id() + " failed " + e.getMessage());
        }
    }

    private Frame startClosing() {
        subscriber.startClosing();
        return Frame.CLOSE_WAIT;
    }

    /** The outbox has room again. */
    public void wake(long nowNs) {
        if (subscriber != null) channel.wake(subscriber, nowNs);
    }

    /** The connection is gone. What it had in flight is for others at once. */
    public void close(long nowNs) {
        broker.gone(this);
        if (subscriber == null) return;
        channel.unsubscribe(subscriber, nowNs);
        boolean gone = topic.find(channel.name()) != channel;
        if (channel.isAbandoned() && !gone) {
            broker.deleteChannel(topic.name(), channel.name(), nowNs);
        }
    }

    Map<TopicName, Long> publishCounts() {
        Map<TopicName, Long> counts = new HashMap<>();
        publishCounts.forEach((name, count) -> counts.put(name, count[0]));
        return counts;
    }

    ClientStats stats() {
        if (subscriber != null) return subscriber.stats();
        return new ClientStats(settings, ClientStats.INIT, 0, 0, 0, 0, 0, publishCounts());
    }
}
