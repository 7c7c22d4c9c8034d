package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.Delivery;
import io.sluice.nsqd.core.Outbox;
import io.sluice.nsqd.core.Session;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.ProtocolException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** A consumer of a topic with limits. */
final class LimitConsumer implements Outbox {
    final ChannelName channel;

    /** How many of its FINs were accepted. */
    long finished;

    private final Session session;
    private final Arrival arrival;
    private final Map<MessageId, Delivery> inFlight = new LinkedHashMap<>();

    /** Told of a message. */
    interface Arrival {
        void arrived(ChannelName channel, int number);
    }

    LimitConsumer(
            Broker broker,
            ClientSettings settings,
            ChannelName channel,
            Arrival arrival,
            long nowNs) {
        this.channel = channel;
        this.arrival = arrival;
        session = new Session(broker, settings, this);
        execute(new Command.Sub(LimitWorld.TOPIC, channel), nowNs);
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public void push(Delivery delivery) {
        inFlight.put(delivery.id(), delivery);
        arrival.arrived(channel, Published.number(delivery.body()));
    }

    @Override
    public void close() {
        throw new AssertionError("nobody closes consumers here");
    }

    void ready(int count, long nowNs) {
        execute(new Command.Rdy(count), nowNs);
    }

    private boolean execute(Command command, long nowNs) {
        try {
            session.execute(command, nowNs);
            return true;
        } catch (ProtocolException e) {
            return false;
        }
    }

    /** Finishes (0), requeues (1), defers (2) or keeps each message that it has. */
    void answer(long nowNs, IntSupplier how) {
        for (MessageId id : List.copyOf(inFlight.keySet())) {
            switch (how.getAsInt()) {
                case 0 -> {
                    inFlight.remove(id);
                    if (execute(new Command.Fin(id), nowNs)) finished++;
                }
                case 1 -> requeue(id, 0, nowNs);
                case 2 -> requeue(id, 40, nowNs);
                default -> {}
            }
        }
    }

    private void requeue(MessageId id, long delayMs, long nowNs) {
        inFlight.remove(id);
        execute(new Command.Req(id, delayMs), nowNs);
    }
}
