package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;

import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.Delivery;
import io.sluice.nsqd.core.Outbox;
import io.sluice.nsqd.core.Receipt;
import io.sluice.nsqd.core.Session;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.ProtocolException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connection: a session on each node it talks to, and an outbox that may run full. */
final class SimulatedClient implements Outbox {
    final ClientSettings settings;

    /** How many more messages it takes until it is flushed. */
    int room;

    boolean closed;

    /** What the model knows of it; null until it has subscribed. */
    ModelConsumer consumer;

    /** What the OK to its last command waits for. */
    Receipt receipt;

    /** The node of its subscription. */
    Node home;

    private final World world;
    private final Map<Node, Session> sessions = new LinkedHashMap<>();

    SimulatedClient(World world, ClientSettings settings, int room) {
        this.world = world;
        this.settings = settings;
        this.room = room;
    }

    @Override
    public boolean hasRoom() {
        return room > 0;
    }

    @Override
    public void push(Delivery delivery) {
        int number = Published.number(delivery);
        if (consumer == null) throw broken("%s got m%d and did not subscribe", this, number);
        room--;
        Push push =
                new Push(
                        consumer,
                        number,
                        delivery.id(),
                        delivery.attempts(),
                        delivery.timestampNs());
        consumer.channel.seen.add(push);
        world.say("    %s: %s", consumer.channel, push);
    }

    @Override
    public void close() {
        closed = true;
    }

    private Session session(Node node) {
        return sessions.computeIfAbsent(node, n -> new Session(n.broker, settings, this));
    }

    /** Sends a command for its own topic. */
    String send(Command command, long nowNs) {
        String answer = send(home, command, nowNs);
        home.settle(consumer.channel.topic.name, nowNs);
        return answer;
    }

    /** Sends a command; the answer is a response, an error, or "-" when there is none. */
    String send(Node node, Command command, long nowNs) {
        String answer;
        try {
            Frame frame = session(node).execute(command, nowNs);
            answer = frame == null ? "-" : ((Frame.Response) frame).data().utf8();
        } catch (ProtocolException e) {
            answer = e.getMessage();
        }
        receipt = session(node).takeReceipt();
        world.say("%s %s: %s", this, command, answer);
        return answer;
    }

    /** Its outbox has room for this many messages now; the model learns of it first. */
    void flush(int newRoom, long nowNs) {
        room = newRoom;
        consumer.room = newRoom;
        world.say("%s has room for %d", this, newRoom);
        home.touched.add(consumer.channel.topic.name);
        session(home).wake(nowNs);
        home.settle(consumer.channel.topic.name, nowNs);
        consumer.channel.dispatch(nowNs);
    }

    /** The connection is gone, on all nodes. */
    void disconnect(long nowNs) {
        world.say("%s disconnects", this);
        for (Node node : sessions.keySet()) {
            session(node).close(nowNs);
            if (node == home) node.settle(consumer.channel.topic.name, nowNs);
            node.model.published.remove(settings.connection());
            if (node != home) continue;
            node.model.leave(consumer, nowNs);
            node.touched.add(consumer.channel.topic.name);
        }
    }

    @Override
    public String toString() {
        return "client " + settings.connection();
    }
}
