package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.same;

import io.sluice.nsqd.core.ClientLink;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.protocol.BodyArrays;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All connections of a world: what they send by chance, and what they must be answered. */
final class Clients {
    private static final int MIN_CLIENTS = 3;
    private static final int MAX_CLIENTS = 8;
    private static final int PLENTY = 1_000_000;
    private static final MessageId UNKNOWN = MessageId.of("0123456789abcdef");

    private final World world;
    private final List<SimulatedClient> all = new ArrayList<>();
    private long connections;

    Clients(World world) {
        this.world = world;
        for (int i = 0; i < MIN_CLIENTS; i++) connect();
    }

    /** Some subscribe before anything else happens. */
    void start() {
        for (SimulatedClient client : List.copyOf(all)) {
            if (world.oneIn(3)) continue;
            subscribe(client, world.any(world.topics), anyChannel());
            if (client.consumer != null) ready(client, 1 + world.random.nextInt(5));
        }
    }

    private SimulatedClient connect() {
        int msgTimeoutMs = 1 + world.random.nextInt(world.oneIn(4) ? 10 : 100);
        int room = world.oneIn(4) ? world.random.nextInt(4) : PLENTY;
        ClientSettings settings =
                new ClientSettings(
                        ++connections,
                        world.nowNs,
                        "127.0.0.1:1",
                        "id",
                        "host",
                        "simulation",
                        "",
                        "",
                        30_000,
                        16_384,
                        250,
                        msgTimeoutMs,
                        0,
                        ClientLink.PLAIN);
        SimulatedClient client = new SimulatedClient(world, settings, room);
        world.say("%s connects: timeout %d ms, room %d", client, msgTimeoutMs, room);
        all.add(client);
        return client;
    }

    void act() {
        SimulatedClient client = world.any(all);
        boolean idle = client.consumer != null && client.consumer.inFlight.isEmpty();
        if (client.consumer == null) actNew(client);
        else if (world.oneIn(idle ? 2 : 5)) publish(client);
        else if (idle && world.oneIn(2)) ready(client, 1 + world.random.nextInt(5));
        else if (idle && client.consumer.closing) disconnect(client);
        else actAsConsumer(client);
    }

    private void actNew(SimulatedClient client) {
        if (all.size() < MAX_CLIENTS && world.oneIn(3)) connect();
        else if (world.oneIn(3)) subscribe(client, world.any(world.topics), anyChannel());
        else publish(client);
    }

    private ChannelName anyChannel() {
        return world.any(world.channels);
    }

    private void actAsConsumer(SimulatedClient client) {
        switch (world.random.nextInt(20)) {
            case 0, 1, 2 -> ready(client, world.random.nextInt(6));
            case 3, 4, 5 -> requeue(client);
            case 6, 7 -> touch(client);
            case 8, 9 -> flush(client);
            case 10 -> leave(client);
            case 11 -> close(client);
            default -> finish(client, anyId(client));
        }
    }

    private void publish(SimulatedClient client) {
        TopicName name = world.any(world.topics);
        Node node = world.owner(name);
        int count = world.oneIn(3) ? 1 + world.random.nextInt(5) : 1;
        long delayMs = count == 1 && world.oneIn(3) ? world.random.nextLong(40) : 0;
        List<Published> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) batch.add(world.message(delayMs));
        Publishing publishing = new Publishing(node, name, batch, delayMs > 0);
        Command command = publishing(node, name, batch, delayMs);
        String answer = client.send(node, command, world.nowNs);
        String verb = verb(command);
        if (answer.startsWith("E_" + verb + "_FAILED " + verb + " failed ")) {
            publishing.refused(client);
            return;
        }
        same(client, "answer", answer, "OK");
        node.model.countPublished(client.settings.connection(), name, count);
        publishing.accepted(client, client.receipt, world.nowNs);
    }

    private Command publishing(Node node, TopicName name, List<Published> batch, long delayMs) {
        BodyArrays arrays = node.broker.bodyArrays();
        List<Bytes> bodies = batch.stream().map(m -> m.body(arrays, world.tally)).toList();
        if (bodies.size() > 1) return new Command.Mpub(name, bodies);
        if (delayMs > 0) return new Command.Dpub(name, delayMs, bodies.get(0));
        return new Command.Pub(name, bodies.get(0));
    }

    private static String verb(Command command) {
        return command.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    private void subscribe(SimulatedClient client, TopicName topicName, ChannelName name) {
        Node node = world.owner(topicName);
        node.touched.add(topicName);
        ModelTopic topic = node.model.topic(topicName);
        ModelChannel channel = node.model.channel(topic, name);
        boolean refused = node.model.refusesConsumer(channel);
        String answer = client.send(node, new Command.Sub(topicName, name), world.nowNs);
        node.settle(topicName, world.nowNs);
        if (refused) {
            world.tally.add(Happening.CONSUMER_REFUSED);
            String where = "E_SUB_FAILED SUB failed consumers for " + channel;
            same(client, "answer", answer, where + " exceeds limit of 2");
            disconnect(client);
            return;
        }
        same(client, "answer", answer, "OK");
        world.tally.add(Happening.SUBSCRIBED);
        client.home = node;
        client.consumer = new ModelConsumer(client.settings, channel, false);
        client.consumer.room = client.room;
        channel.consumers.add(client.consumer);
        topic.drain(world.nowNs);
    }

    private void ready(SimulatedClient client, int count) {
        String answer = client.send(new Command.Rdy(count), world.nowNs);
        same(client, "answer", answer, "-");
        client.consumer.ready(count);
        client.consumer.channel.dispatch(world.nowNs);
    }

    /** Mostly of a message it has; else of one that it had or somebody else has, or of none. */
    private MessageId anyId(SimulatedClient client) {
        List<Copy> own = client.consumer.inFlight;
        if (!own.isEmpty() && !world.oneIn(5)) return world.any(own).id;
        List<MessageId> known = client.consumer.channel.ids;
        return known.isEmpty() || world.oneIn(8) ? UNKNOWN : world.any(known);
    }

    /** Sends a command about a message; returns its copy if the client may do that, else null. */
    private Copy answerFor(SimulatedClient client, MessageId id, Command command) {
        Copy copy = client.consumer.channel.inFlight(id);
        String answer = client.send(command, world.nowNs);
        if (copy != null && copy.holder == client.consumer) {
            same(client, "answer", answer, "-");
            return copy;
        }
        world.tally.add(copy == null ? Happening.NOT_IN_FLIGHT : Happening.OF_ANOTHER_CLIENT);
        String verb = verb(command);
        String why = copy == null ? "ID not in flight" : "client does not own message";
        String error = "E_" + verb + "_FAILED " + verb + " " + id + " failed " + why;
        same(client, "answer", answer, error);
        return null;
    }

    private void finish(SimulatedClient client, MessageId id) {
        Copy copy = answerFor(client, id, new Command.Fin(id));
        if (copy != null) copy.holder.channel.finish(copy, world.nowNs);
    }

    private void requeue(SimulatedClient client) {
        MessageId id = anyId(client);
        long delayMs = world.oneIn(2) ? 0 : world.random.nextLong(30);
        Copy copy = answerFor(client, id, new Command.Req(id, delayMs));
        if (copy != null) copy.holder.channel.requeue(copy, delayMs * World.MS, world.nowNs);
    }

    private void touch(SimulatedClient client) {
        MessageId id = anyId(client);
        Copy copy = answerFor(client, id, new Command.Touch(id));
        if (copy == null) return;
        long maxNs = client.home.model.settings.maxMsgTimeoutNs();
        copy.holder.channel.touch(copy, maxNs, world.nowNs);
    }

    private void flush(SimulatedClient client) {
        int room = world.oneIn(2) ? PLENTY : world.random.nextInt(4);
        client.flush(room, world.nowNs);
    }

    private void leave(SimulatedClient client) {
        if (client.consumer.closing || world.oneIn(2)) {
            disconnect(client);
            return;
        }
        String answer = client.send(new Command.Cls(), world.nowNs);
        same(client, "answer", answer, "CLOSE_WAIT");
        world.tally.add(Happening.STARTED_CLOSING);
        client.consumer.startClosing();
    }

    /** Who was disconnected goes; others only now and then. */
    private void close(SimulatedClient client) {
        if (client.closed || world.oneIn(4)) disconnect(client);
    }

    private void disconnect(SimulatedClient client) {
        client.disconnect(world.nowNs);
        all.remove(client);
        while (all.size() < MIN_CLIENTS) connect();
    }

    /** All pushes are accounted for, and just those whose channel is gone are disconnected. */
    void check() {
        for (SimulatedClient client : all) {
            boolean gone = client.consumer != null && client.consumer.gone;
            same(client, "closed", client.closed, gone);
            if (client.consumer != null) client.consumer.channel.settle(world.nowNs);
        }
    }

    /** Every channel gets consumers that take all that comes; nobody else stays. */
    void getReady(List<Node> nodes) {
        for (SimulatedClient client : List.copyOf(all)) {
            boolean useless = client.consumer == null || client.consumer.closing;
            if (useless || client.closed) disconnect(client);
        }
        for (Node node : nodes) {
            for (ModelTopic topic : node.model.topics.values()) {
                for (ModelChannel channel : topic.channels.values()) {
                    if (!channel.consumers.isEmpty()) continue;
                    subscribe(connect(), topic.name, channel.name);
                }
            }
        }
        for (SimulatedClient client : all) {
            if (client.consumer == null) continue;
            client.flush(PLENTY, world.nowNs);
            ready(client, 1 + world.random.nextInt(5));
        }
    }

    /** Finishes all that is in flight; false when nothing was. */
    boolean finishAll() {
        boolean any = false;
        for (SimulatedClient client : all) {
            if (client.consumer == null) continue;
            for (Copy copy : List.copyOf(client.consumer.inFlight)) {
                finish(client, copy.id);
                any = true;
            }
        }
        return any;
    }
}
