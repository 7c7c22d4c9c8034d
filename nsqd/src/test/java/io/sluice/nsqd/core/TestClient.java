package io.sluice.nsqd.core;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;

/** A connection: a session, and an outbox that keeps what it was given. */
final class TestClient implements Outbox {
    /** A message as it was when it was pushed. */
    record Pushed(Publication message, MessageId id, Bytes body, int attempts, long timestampNs) {}

    final List<Pushed> pushed = new ArrayList<>();
    final Session session;

    /** How many more messages the outbox takes. */
    int room = Integer.MAX_VALUE;

    boolean closed;

    TestClient(Broker broker, ClientSettings settings) {
        session = new Session(broker, settings, this);
    }

    @Override
    public boolean hasRoom() {
        return room > 0;
    }

    @Override
    public void push(Delivery delivery) {
        room--;
        pushed.add(
                new Pushed(
                        delivery.publication(),
                        delivery.id(),
                        delivery.body(),
                        delivery.attempts(),
                        delivery.timestampNs()));
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Bodies in the order of their arrival. */
    List<String> bodies() {
        return pushed.stream().map(p -> p.body().utf8()).toList();
    }

    /** The message that came last. */
    Pushed last() {
        return pushed.get(pushed.size() - 1);
    }

    MessageId id(String body) {
        return pushed.stream()
                .filter(p -> p.body().utf8().equals(body))
                .map(Pushed::id)
                .findFirst()
                .orElseThrow(() -> new AssertionError(body + " never came"));
    }

    Frame execute(Command command, long nowNs) {
        return session.execute(command, nowNs);
    }

    /** The text of the error that a command is answered with. */
    String error(Command command, long nowNs) {
        ProtocolException e =
                catchThrowableOfType(
                        ProtocolException.class, () -> session.execute(command, nowNs));
        if (e == null) throw new AssertionError("no error for " + command);
        return e.getMessage();
    }

    TestClient sub(TopicName topic, ChannelName channel, long nowNs) {
        execute(new Command.Sub(topic, channel), nowNs);
        return this;
    }

    TestClient rdy(int count, long nowNs) {
        execute(new Command.Rdy(count), nowNs);
        return this;
    }

    void fin(String body, long nowNs) {
        execute(new Command.Fin(id(body)), nowNs);
    }

    void req(String body, long delayMs, long nowNs) {
        execute(new Command.Req(id(body), delayMs), nowNs);
    }

    void touch(String body, long nowNs) {
        execute(new Command.Touch(id(body)), nowNs);
    }
}
