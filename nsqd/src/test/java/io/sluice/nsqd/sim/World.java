package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;

import io.sluice.nsqd.core.BacklogLimits;
import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.core.ClientLink;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.Latencies;
import io.sluice.nsqd.core.MemoryLimits;
import io.sluice.nsqd.core.Topology;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some brokers, their clients, an operator and a clock, all driven by one seed: the same seed does
 * the same again, step by step.
 */
final class World {
    static final long MS = 1_000_000L;

    static final long PLENTY_OF_BYTES = 1 << 30;

    private static final int STEPS = 200;

    /** One message in so many is a long one. */
    private static final int LONG_BODIES = 3;

    private static final int[] QUEUE_SIZES = {0, 1, 2, 3, 4, 5, 8, 12, 30};

    /** Far more than it takes to drain what so few steps can publish. */
    private static final int MAX_ROUNDS = 10_000;

    private static final long START_NS = 1_700_000_000_000L * MS;

    final SplittableRandom random;
    final Tally tally;
    final List<TopicName> topics;
    final List<ChannelName> channels;

    long nowNs = START_NS;
    private final Consumer<String> trace;
    private final List<Node> nodes;
    private final Clients clients;
    private final Operator operator;
    private final Moves moves;
    private final Durability durability;
    private final long memoryBytes;
    private int step;
    private int messages;

    /** A world that tells {@code trace}, unless it is null, what happens. */
    World(long seed, Tally tally, Consumer<String> trace) {
        this.random = new SplittableRandom(seed);
        this.tally = tally;
        this.trace = trace;
        durability = any(List.of(Durability.values()));
        memoryBytes = oneIn(5) ? 1 + random.nextLong(4_000) : PLENTY_OF_BYTES;
        // What an ephemeral topic drops or refuses for want of bytes is beyond the model.
        Stream<String> names = some("a", "b", "c#ephemeral");
        if (memoryBytes < PLENTY_OF_BYTES) names = some("a", "b");
        topics = names.map(TopicName::new).toList();
        channels = some("x", "y", "a#ephemeral").map(ChannelName::new).toList();
        nodes = IntStream.rangeClosed(1, 1 + random.nextInt(2)).mapToObj(this::node).toList();
        clients = new Clients(this);
        operator = new Operator(this);
        moves = new Moves(this);
    }

    /** Of a broker that has a world to itself. */
    static BrokerSettings settings(MemoryLimits memory, BacklogLimits limits, Durability level) {
        return new BrokerSettings(
                1,
                memory,
                80 * MS,
                0,
                () -> false,
                limits,
                level,
                Topology.IGNORED,
                () -> Latencies.OFF);
    }

    /** Of a client that has said next to nothing of itself. */
    static ClientSettings client(long connection, long nowNs, int timeoutMs) {
        String none = "";
        return new ClientSettings(
                connection,
                nowNs,
                "h:1",
                none,
                none,
                none,
                none,
                none,
                0,
                0,
                0,
                timeoutMs,
                0,
                ClientLink.PLAIN);
    }

    /** At least one of these. */
    private Stream<String> some(String... names) {
        List<String> left = new ArrayList<>(List.of(names));
        while (left.size() > 1 && oneIn(2)) left.remove(random.nextInt(left.size()));
        return left.stream();
    }

    private Node node(int nodeId) {
        BrokerSettings settings =
                new BrokerSettings(
                        nodeId,
                        memory(),
                        (20 + random.nextInt(100)) * MS,
                        oneIn(3) ? 2 : 0,
                        always(oneIn(4)),
                        BacklogLimits.NONE,
                        durability,
                        Topology.IGNORED,
                        () -> Latencies.OFF);
        say("node %d: %s", nodeId, settings);
        return new Node(settings, random.split(), tally);
    }

    private static BooleanSupplier always(boolean value) {
        return () -> value;
    }

    private MemoryLimits memory() {
        int queueSize = QUEUE_SIZES[random.nextInt(QUEUE_SIZES.length)];
        return new MemoryLimits(
                queueSize, 1 + random.nextInt(8), 1 + random.nextInt(8), memoryBytes);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** The next message, to be published now. */
    Published message(long delayMs) {
        messages++;
        boolean isLong = memoryBytes == PLENTY_OF_BYTES && messages % LONG_BODIES == 0;
        return new Published(messages, nowNs, nowNs + delayMs * MS, isLong);
    }

    /** The node that owns a topic. */
    Node owner(TopicName topic) {
        return nodes.get(topics.indexOf(topic) % nodes.size());
    }

    void say(String format, Object... about) {
        if (trace == null) return;
        double ms = (nowNs - START_NS) / (double) MS;
        trace.accept(String.format("%3d %10.6f ms  ", step, ms) + String.format(format, about));
    }

    /** Lives through its steps, then lets everything come to rest. */
    void run() {
        clients.start();
        for (step = 1; step <= STEPS; step++) {
            switch (random.nextInt(13)) {
                case 0 -> passTime();
                case 1 -> operator.act();
                case 2 -> moves.act();
                default -> clients.act();
            }
            for (Node node : nodes) if (!node.touched.isEmpty() && oneIn(3)) tick(node);
            check();
        }
        comeToRest();
    }

    private void check() {
        clients.check();
        nodes.forEach(Checker::check);
    }

    private void tick(Node node) {
        node.tick(nowNs);
        if (trace == null) return;
        int id = node.model.settings.nodeId();
        if (node.askedNs == Long.MAX_VALUE) say("node %d ticks", id);
        else say("node %d ticks, next in %.6f ms", id, (node.askedNs - nowNs) / (double) MS);
    }

    /**
     * Time goes on: as a rule no further than to the next tick that was asked for, which comes when
     * it was asked for; now and then everything is late.
     */
    private void passTime() {
        nodes.forEach(this::tick);
        nodes.forEach(Checker::checkWhole);
        long askedNs = nodes.stream().mapToLong(node -> node.askedNs).min().getAsLong();
        boolean toTheTick = askedNs != Long.MAX_VALUE && oneIn(2);
        long newNs = toTheTick ? askedNs : nowNs + random.nextLong(10 * MS);
        nowNs = oneIn(6) ? newNs + random.nextLong(60 * MS) : Math.min(newNs, askedNs);
        say("time passes");
        if (oneIn(6)) return;
        for (Node node : nodes) if (node.askedNs <= nowNs) tick(node);
    }

    /** Everybody is ready and finishes what comes: all that is left must come. */
    private void comeToRest() {
        say("everything comes to rest");
        moves.end();
        check();
        nodes.forEach(operator::release);
        clients.getReady(nodes);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            boolean finished = clients.finishAll();
            nodes.forEach(this::tick);
            check();
            if (finished) continue;
            long askedNs = nodes.stream().mapToLong(node -> node.askedNs).min().getAsLong();
            if (askedNs == Long.MAX_VALUE) {
                nodes.forEach(Checker::checkWhole);
                nodes.forEach(node -> Checker.checkDrained(node.model));
                return;
            }
            nowNs = askedNs;
        }
        throw broken("still not at rest after %d rounds", MAX_ROUNDS);
    }
}
