package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;
import static io.sluice.nsqd.sim.Checker.same;

import io.sluice.nsqd.core.BacklogLimits;
import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.MemoryLimits;
import io.sluice.nsqd.core.Receipt;
import io.sluice.nsqd.core.Refused;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Topics, their users and their daemon, which ends and starts again at any moment, by one seed. */
final class CrashWorld {
    private static final int STEPS = 120;
    private static final int SEEDS_APART = 16;
    private static final int MAX_ROUNDS = 20_000;
    private static final long START_NS = 1_700_000_000_000L * World.MS;
    static final List<ChannelName> NAMES =
            List.of(new ChannelName("x"), new ChannelName("y"), new ChannelName("z"));

    private final Crash crash;
    final Tally tally;
    private final SplittableRandom random;
    private final BrokerSettings settings;
    private final Consumer<String> trace;
    private final List<CrashConsumer> consumers = new ArrayList<>();
    private final CrashMoves moves;

    /** Most of what happens does so in the first one. */
    private final List<CrashTopic> topics;

    private long nowNs = START_NS;
    private Broker broker;
    private long connections;
    private int step;

    CrashWorld(long seed, Crash crash, Tally tally, Consumer<String> trace) {
        this.random = new SplittableRandom(seed * SEEDS_APART + crash.ordinal());
        this.crash = crash;
        this.trace = trace;
        this.tally = tally;
        MemoryLimits memory =
                new MemoryLimits(
                        random.nextInt(10),
                        1 + random.nextInt(8),
                        1 + random.nextInt(8),
                        oneIn(4) ? 1 + random.nextInt(4_000) : 1 << 30);
        settings = World.settings(memory, BacklogLimits.NONE, crash.durability);
        say("%s, %s", crash, memory);
        topics = List.of(topic("t"), topic("u"));
        moves = new CrashMoves(this, topics, random);
        start();
        for (CrashTopic topic : topics) broker.createTopic(topic.name);
    }

    private CrashTopic topic(String name) {
        SimulatedLog log = new SimulatedLog(random.split(), 0);
        log.tally = tally;
        return new CrashTopic(name, crash, log);
    }

    private CrashTopic topic(TopicName name) {
        return topics.stream().filter(topic -> topic.name.equals(name)).findFirst().orElseThrow();
    }

    private CrashTopic anyTopic() {
        return topics.get(oneIn(4) ? 1 : 0);
    }

    private void start() {
        broker = new Broker(settings, name -> topic(name).log(), event -> {});
    }

    Broker broker() {
        return broker;
    }

    long nowNs() {
        return nowNs;
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    void say(String format, Object... about) {
        if (trace == null) return;
        double ms = (nowNs - START_NS) / (double) World.MS;
        trace.accept(String.format("%3d %10.3f ms  ", step, ms) + String.format(format, about));
    }

    void run() {
        for (step = 1; step <= STEPS; step++) {
            act();
            watchLog();
            if (oneIn(2)) while (answer() && !oneIn(4)) watchLog();
            if (oneIn(3)) tick();
            if (oneIn(40)) crash();
        }
        crash();
        comeToRest();
    }

    private void watchLog() {
        topics.forEach(CrashTopic::watchLog);
    }

    /** Gives one answer that somebody waits for; false when nobody does. */
    private boolean answer() {
        for (CrashTopic topic : topics) if (topic.log().answer(nowNs)) return true;
        return false;
    }

    private long tick() {
        long next = broker.tick(nowNs);
        watchLog();
        for (CrashTopic topic : topics) topic.ledger.turnEnds(topic.log().end());
        return next;
    }

    private void act() {
        switch (random.nextInt(16)) {
            case 0 -> new CrashOperator(this, anyTopic(), random).act();
            case 1, 2 -> nowNs += random.nextLong(30) * World.MS;
            case 3 -> {
                if (oneIn(4)) nowNs += 1_000 * World.MS;
            }
            case 4, 5, 6, 7 -> publish();
            case 8 -> subscribe();
            case 9, 10 -> moves.act();
            default -> consume();
        }
    }

    private void publish() {
        CrashTopic topic = anyTopic();
        Ledger ledger = topic.ledger;
        int count = oneIn(3) ? 1 + random.nextInt(6) : 1;
        long delayMs = count == 1 && oneIn(2) ? 1 + random.nextLong(200) : 0;
        List<Integer> numbers = new ArrayList<>();
        List<Bytes> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = ledger.publish(nowNs, nowNs + delayMs * World.MS);
            numbers.add(number);
            bodies.add(Published.body(number));
        }
        Durability level = oneIn(4) ? any(List.of(Durability.values())) : Durability.MEM;
        say("publish %s to %s at %s in %d ms", numbers, topic, level, delayMs);
        try {
            Receipt receipt =
                    delayMs == 0
                            ? broker.publish(topic.name, bodies, level, nowNs)
                            : broker.publish(
                                    topic.name, bodies.get(0), delayMs * World.MS, level, nowNs);
            if (receipt == null) numbers.forEach(ledger::acknowledged);
            else receipt.whenDurable(why -> numbers.forEach(ledger::acknowledged));
        } catch (Refused e) {
            throw broken("refused: %s", e.getMessage());
        }
    }

    private void subscribe() {
        if (consumers.size() > 6) return;
        CrashTopic topic = anyTopic();
        ChannelName channel = any(NAMES);
        if (!topic.ledger.has(channel)) return;
        int timeoutMs = 5 + random.nextInt(100);
        say("consumer of %s:%s, timeout %d ms", topic, channel, timeoutMs);
        connect(topic, channel, timeoutMs).ready(random.nextInt(6));
    }

    private CrashConsumer connect(CrashTopic topic, ChannelName channel, int timeoutMs) {
        ClientSettings client = client(timeoutMs);
        CrashConsumer consumer = new CrashConsumer(this, topic, channel, client);
        consumers.add(consumer);
        return consumer;
    }

    ClientSettings client(int timeoutMs) {
        return World.client(++connections, nowNs, timeoutMs);
    }

    private void consume() {
        if (consumers.isEmpty()) return;
        CrashConsumer consumer = any(consumers);
        if (oneIn(8)) consumer.ready(random.nextInt(6));
        if (oneIn(20)) {
            consumer.disconnect();
            consumers.remove(consumer);
            return;
        }
        for (MessageId id : List.copyOf(consumer.inFlight.keySet())) {
            switch (random.nextInt(6)) {
                case 0, 1 -> consumer.finish(id);
                case 2 -> consumer.requeue(id, 0);
                case 3 -> consumer.requeue(id, 1 + random.nextInt(300));
                default -> {}
            }
        }
    }

    /** Consumers of a channel that was deleted are disconnected. */
    void forgetClosed() {
        consumers.removeIf(consumer -> consumer.closed);
    }

    private void crash() {
        say("%s", crash);
        if (crash.isStop()) stop();
        for (CrashTopic topic : topics) {
            topic.ledger.crash(crash.keepsLog() ? Long.MAX_VALUE : topic.log().synced, nowNs);
        }
        consumers.clear();
        moves.die();
        restart(crash);
        while (oneIn(4)) restart(crash.isStop() ? Crash.KILL_AT_OS : crash);
    }

    /** The daemon starts with what is left of its log, and may end before it has read much. */
    private void restart(Crash after) {
        // What is lost, or was gone before it was logged, may have had the ids of the moment.
        if (crash != Crash.KILL_AT_OS && crash != Crash.STOP_AT_OS) nowNs += 2 * World.MS;
        say("restart");
        start();
        for (CrashTopic topic : topics) {
            Recovery recovery = new Recovery(random, settings, topic);
            topic.goOnWith(recovery.survivors(after));
            recovery.start(broker, nowNs);
        }
        watchLog();
        if (crash.isStop()) topics.forEach(this::checkCounts);
        while (answer() && !oneIn(4)) watchLog();
    }

    private void stop() {
        List<String> stopped = new ArrayList<>();
        for (CrashConsumer consumer : consumers) consumer.disconnect();
        broker.stop(() -> stopped.add("stopped"));
        while (answer()) {}
        same(crash, "end", stopped, List.of("stopped"));
    }

    private void checkCounts(CrashTopic of) {
        Ledger ledger = of.ledger;
        TopicStats topic = broker.stats(of.name, null, false).get(0);
        same("after a stop", "held back", topic.depth(), ledger.heldBack());
        for (ChannelStats channel : topic.channels()) {
            long waiting = channel.depth() + channel.inFlightCount() + channel.deferredCount();
            same(channel.name(), "waiting", waiting, ledger.owed(channel.name()));
        }
    }

    /** Everything that there is comes and is finished. */
    private void comeToRest() {
        say("everything comes to rest");
        for (CrashTopic topic : topics) {
            CrashOperator operator = new CrashOperator(this, topic, random);
            operator.pause(false);
            for (ChannelName channel : topic.ledger.channels()) {
                operator.pause(channel, false);
                connect(topic, channel, 100).ready(5);
            }
        }
        for (int round = 0; round < MAX_ROUNDS; round++) {
            for (CrashConsumer consumer : consumers) {
                for (MessageId id : List.copyOf(consumer.inFlight.keySet())) consumer.finish(id);
            }
            long nextNs = tick();
            boolean answered = false;
            while (answer()) answered = true;
            if (answered || consumers.stream().anyMatch(c -> !c.inFlight.isEmpty())) continue;
            if (nextNs == Long.MAX_VALUE) {
                for (CrashTopic topic : topics) topic.ledger.checkPaid();
                return;
            }
            nowNs = Math.max(nowNs, nextNs);
        }
        throw broken("still not at rest after %d rounds", MAX_ROUNDS);
    }
}
