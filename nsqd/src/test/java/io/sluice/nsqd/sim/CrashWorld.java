package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;
import static io.sluice.nsqd.sim.Checker.same;

import io.sluice.nsqd.core.BacklogLimits;
import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Reach;
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

/** A topic, its users and its daemon, which ends and starts again at any moment, from one seed. */
final class CrashWorld {
    static final TopicName TOPIC = new TopicName("t");

    private static final int STEPS = 120;
    private static final int SEEDS_APART = 16;
    private static final int MAX_ROUNDS = 20_000;
    private static final long START_NS = 1_700_000_000_000L * World.MS;
    static final List<ChannelName> NAMES =
            List.of(new ChannelName("x"), new ChannelName("y"), new ChannelName("z"));

    final Ledger ledger;
    private final Crash crash;
    private final SplittableRandom random;
    private final BrokerSettings settings;
    private final Consumer<String> trace;
    private final List<CrashConsumer> consumers = new ArrayList<>();
    private final CrashOperator operator;
    private long nowNs = START_NS;
    private long seenLsn;
    private Broker broker;
    private SimulatedLog log;
    private long connections;
    private int step;

    CrashWorld(long seed, Crash crash, Tally tally, Consumer<String> trace) {
        this.random = new SplittableRandom(seed * SEEDS_APART + crash.ordinal());
        this.crash = crash;
        this.trace = trace;
        ledger = new Ledger(crash);
        operator = new CrashOperator(this, random);
        MemoryLimits memory =
                new MemoryLimits(
                        random.nextInt(10),
                        1 + random.nextInt(8),
                        1 + random.nextInt(8),
                        oneIn(4) ? 1 + random.nextInt(4_000) : 1 << 30);
        settings = World.settings(memory, BacklogLimits.NONE, crash.durability);
        say("%s, %s", crash, memory);
        log = new SimulatedLog(random.split(), 0);
        log.tally = tally;
        broker = new Broker(settings, name -> log, event -> {});
        broker.createTopic(TOPIC);
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
            if (oneIn(2)) while (log.answer(nowNs) && !oneIn(4)) watchLog();
            if (oneIn(3)) tick();
            if (oneIn(40)) crash();
        }
        crash();
        comeToRest();
    }

    /** What becomes durable may be counted on from then on. */
    private void watchLog() {
        if (seenLsn >= log.end()) return;
        log.entries
                .tailMap(seenLsn, true)
                .forEach(
                        (lsn, entry) -> {
                            if (!(entry instanceof Message m) || m.reach() == Reach.ASIDE) return;
                            ledger.logged(Published.number(m.body()));
                        });
        seenLsn = log.end();
    }

    private long tick() {
        long next = broker.tick(nowNs);
        watchLog();
        ledger.turnEnds(log.end());
        return next;
    }

    private void act() {
        switch (random.nextInt(14)) {
            case 0 -> operator.act();
            case 1, 2 -> nowNs += random.nextLong(30) * World.MS;
            case 3 -> {
                if (oneIn(4)) nowNs += 1_000 * World.MS;
            }
            case 4, 5, 6, 7 -> publish();
            case 8 -> subscribe();
            default -> consume();
        }
    }

    private void publish() {
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
        say("publish %s at %s in %d ms", numbers, level, delayMs);
        try {
            Receipt receipt =
                    delayMs == 0
                            ? broker.publish(TOPIC, bodies, level, nowNs)
                            : broker.publish(
                                    TOPIC, bodies.get(0), delayMs * World.MS, level, nowNs);
            if (receipt == null) numbers.forEach(ledger::acknowledged);
            else receipt.whenDurable(why -> numbers.forEach(ledger::acknowledged));
        } catch (Refused e) {
            throw broken("refused: %s", e.getMessage());
        }
    }

    private void subscribe() {
        if (consumers.size() > 6) return;
        ChannelName channel = any(NAMES);
        if (!ledger.has(channel)) return;
        int timeoutMs = 5 + random.nextInt(100);
        say("consumer of %s, timeout %d ms", channel, timeoutMs);
        connect(channel, timeoutMs).ready(random.nextInt(6));
    }

    private CrashConsumer connect(ChannelName channel, int timeoutMs) {
        ClientSettings client = World.client(++connections, nowNs, timeoutMs);
        CrashConsumer consumer = new CrashConsumer(this, client, channel);
        consumers.add(consumer);
        return consumer;
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

    /** The lsn that the log gives next. */
    long end() {
        return log.end();
    }

    /** Consumers of a channel that was deleted are disconnected. */
    void forgetClosed() {
        consumers.removeIf(consumer -> consumer.closed);
    }

    private void crash() {
        say("%s", crash);
        if (crash.isStop()) stop();
        ledger.crash(crash.keepsLog() ? Long.MAX_VALUE : log.synced);
        consumers.clear();
        restart(crash);
        while (oneIn(4)) restart(crash.isStop() ? Crash.KILL_AT_OS : crash);
    }

    /** The daemon starts with what is left of its log, and may end before it has read much. */
    private void restart(Crash after) {
        // What is lost may have had the ids of the moment.
        if (crash != Crash.KILL_AT_OS && !crash.isStop()) nowNs += 2 * World.MS;
        say("restart");
        Recovery recovery = new Recovery(random, settings, ledger);
        log = recovery.survivors(log, after);
        broker = recovery.start(log, operator.pausedChannels, nowNs);
        seenLsn = 0;
        watchLog();
        if (crash.isStop()) checkCounts();
        while (log.answer(nowNs) && !oneIn(4)) watchLog();
    }

    private void stop() {
        List<String> stopped = new ArrayList<>();
        for (CrashConsumer consumer : consumers) consumer.disconnect();
        broker.stop(() -> stopped.add("stopped"));
        while (log.answer(nowNs)) {}
        same(crash, "end", stopped, List.of("stopped"));
    }

    private void checkCounts() {
        TopicStats topic = broker.stats(TOPIC, null, false).get(0);
        same("after a stop", "held back", topic.depth(), ledger.heldBack());
        for (ChannelStats channel : topic.channels()) {
            long waiting = channel.depth() + channel.inFlightCount() + channel.deferredCount();
            same(channel.name(), "waiting", waiting, ledger.owed(channel.name()));
        }
    }

    /** Everything that there is comes and is finished. */
    private void comeToRest() {
        say("everything comes to rest");
        operator.pause(false);
        for (ChannelName channel : ledger.channels()) {
            operator.pause(channel, false);
            connect(channel, 100).ready(5);
        }
        for (int round = 0; round < MAX_ROUNDS; round++) {
            for (CrashConsumer consumer : consumers) {
                for (MessageId id : List.copyOf(consumer.inFlight.keySet())) consumer.finish(id);
            }
            long nextNs = tick();
            boolean answered = false;
            while (log.answer(nowNs)) answered = true;
            if (answered || consumers.stream().anyMatch(c -> !c.inFlight.isEmpty())) continue;
            if (nextNs == Long.MAX_VALUE) {
                ledger.checkPaid();
                return;
            }
            nowNs = Math.max(nowNs, nextNs);
        }
        throw broken("still not at rest after %d rounds", MAX_ROUNDS);
    }
}
