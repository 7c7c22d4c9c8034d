package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.Delivery;
import io.sluice.nsqd.core.Outbox;
import io.sluice.nsqd.core.Session;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.ProtocolException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A consumer in one life of a daemon. */
final class CrashConsumer implements Outbox {
    final CrashTopic topic;
    final ChannelName channel;

    /** What it got and has not answered for, as far as it knows. */
    final Map<MessageId, Integer> inFlight = new LinkedHashMap<>();

    boolean closed;
    private final CrashWorld world;
    private final Session session;

    CrashConsumer(
            CrashWorld world, CrashTopic topic, ChannelName channel, ClientSettings settings) {
        this.world = world;
        this.topic = topic;
        this.channel = channel;
        session = new Session(world.broker(), settings, this);
        execute(new Command.Sub(topic.name, channel));
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public void push(Delivery delivery) {
        int number = Published.number(delivery.body());
        world.say("    %s:%s: m%d, attempt %d", topic, channel, number, delivery.attempts());
        inFlight.put(delivery.id(), number);
        topic.ledger.push(channel, number, delivery, world.nowNs());
    }

    @Override
    public void close() {
        closed = true;
    }

    void ready(int count) {
        execute(new Command.Rdy(count));
    }

    /** False when the message has timed out. */
    private boolean execute(Command command) {
        try {
            session.execute(command, world.nowNs());
            return true;
        } catch (ProtocolException e) {
            return false;
        }
    }

    void finish(MessageId id) {
        int number = inFlight.remove(id);
        if (!execute(new Command.Fin(id))) return;
        world.say("finish %s:%s:m%d", topic, channel, number);
        topic.ledger.finished(channel, number);
    }

    void requeue(MessageId id, long delayMs) {
        int number = inFlight.remove(id);
        if (!execute(new Command.Req(id, delayMs))) return;
        world.say("requeue %s:%s:m%d for %d ms", topic, channel, number, delayMs);
        topic.ledger.requeued(channel, number, world.nowNs() + delayMs * World.MS);
    }

    void disconnect() {
        session.close(world.nowNs());
    }
}
