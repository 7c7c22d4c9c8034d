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
import io.sluice.nsqd.core.Refused;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A topic that may have only so much waiting, and what becomes of more than that. */
final class LimitWorld {
    static final TopicName TOPIC = new TopicName("t");
    static final long START_NS = 1_700_000_000_000L * World.MS;

    private static final int STEPS = 150;
    private static final int TIMEOUT_MS = 50;
    private static final long SECOND_NS = 1_000 * World.MS;
    private static final int MAX_ROUNDS = 1_000;
    private static final List<ChannelName> CHANNELS =
            List.of(new ChannelName("x"), new ChannelName("y"));

    private final SplittableRandom random;
    private final Consumer<String> trace;
    private final BacklogLimits limits;
    private final Durability level;
    private final SimulatedLog log;
    private final Broker broker;
    private final List<LimitConsumer> consumers = new ArrayList<>();

    /** When each message was to be delivered, by its number. */
    private final List<Long> dueNs = new ArrayList<>();

    private long nowNs = START_NS;
    private long accepted;
    private long refused;
    private long connections;

    LimitWorld(long seed, Consumer<String> trace) {
        this.random = new SplittableRandom(seed);
        this.trace = trace;
        limits =
                new BacklogLimits(
                        oneIn(2) ? 1 + random.nextInt(20) : 0,
                        oneIn(2) ? 1 + random.nextInt(80) : 0,
                        oneIn(2) ? (1 + random.nextInt(300)) * World.MS : 0,
                        oneIn(2));
        MemoryLimits memory =
                new MemoryLimits(
                        random.nextInt(12), 1 + random.nextInt(8), 1 + random.nextInt(8), 1 << 30);
        level = Durability.values()[random.nextInt(Durability.values().length)];
        say("%s, %s, %s", limits, memory, level);
        log = new SimulatedLog(random.split(), 0);
        BrokerSettings settings = World.settings(memory, limits, level);
        broker = new Broker(settings, name -> log, event -> {});
        broker.createTopic(TOPIC);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private void say(String format, Object... about) {
        if (trace == null) return;
        double ms = (nowNs - START_NS) / (double) World.MS;
        trace.accept(String.format("%10.3f ms  ", ms) + String.format(format, about));
    }

    /** Counts to {@code tally} what happened, when it has happened. */
    void run(LimitTally tally) {
        for (int step = 0; step < STEPS; step++) {
            act();
            if (oneIn(2)) settle();
            checkCounts();
        }
        comeToRest();
        tally.add(refused, dropped(true), dropped(false));
    }

    private void act() {
        switch (random.nextInt(10)) {
            case 0 -> nowNs += random.nextLong(200) * World.MS;
            case 1 -> topology();
            case 2 -> subscribe();
            case 3, 4, 5 -> consume();
            default -> publish();
        }
    }

    private void topology() {
        ChannelName channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
        boolean pauses = oneIn(2);
        if (oneIn(3)) {
            say(pauses ? "pause the topic" : "unpause the topic");
            if (pauses) broker.pauseTopic(TOPIC, nowNs);
            else broker.unpauseTopic(TOPIC, nowNs);
        } else if (!broker.has(TOPIC, channel)) {
            say("create %s", channel);
            broker.createChannel(TOPIC, channel, nowNs);
        } else if (pauses) {
            say("pause %s", channel);
            broker.pauseChannel(TOPIC, channel);
        } else {
            say("unpause %s", channel);
            broker.unpauseChannel(TOPIC, channel, nowNs);
        }
    }

    private void subscribe() {
        ChannelName channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
        if (consumers.size() > 3 || !broker.has(TOPIC, channel)) return;
        connect(channel).ready(random.nextInt(6), nowNs);
    }

    private LimitConsumer connect(ChannelName channel) {
        say("consumer of %s", channel);
        ClientSettings client = World.client(++connections, nowNs, TIMEOUT_MS);
        LimitConsumer consumer = new LimitConsumer(broker, client, channel, this::arrived, nowNs);
        consumers.add(consumer);
        return consumer;
    }

    private void consume() {
        if (consumers.isEmpty()) return;
        LimitConsumer consumer = consumers.get(random.nextInt(consumers.size()));
        if (oneIn(4)) consumer.ready(random.nextInt(6), nowNs);
        consumer.answer(nowNs, () -> random.nextInt(4));
    }

    private void publish() {
        int count = oneIn(3) ? 1 + random.nextInt(6) : 1;
        long delayNs = count == 1 && oneIn(4) ? random.nextLong(200) * World.MS : 0;
        List<Bytes> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(Published.body(dueNs.size()));
            dueNs.add(nowNs + delayNs);
        }
        String full = fullness(count);
        say("publish %s in %d ns; %s", bodies, delayNs, full);
        try {
            if (delayNs == 0) broker.publish(TOPIC, bodies, Durability.MEM, nowNs);
            else broker.publish(TOPIC, bodies.get(0), delayNs, Durability.MEM, nowNs);
        } catch (Refused e) {
            refused++;
            if (full == null) throw broken("refused without need: %s", e.getMessage());
            return;
        }
        if (full != null) throw broken("accepted although %s", full);
        accepted += count;
    }

    /** Why so many more must be refused; null when they must not. */
    private String fullness(int count) {
        if (limits.dropsOldest()) return null;
        TopicStats topic = topic();
        if (limits.bytes() > 0 && log.bytes() >= limits.bytes()) return "the log is full";
        if (limits.messages() == 0) return null;
        if (topic.depth() + count > limits.messages()) return "the topic is full";
        for (ChannelStats channel : topic.channels()) {
            if (channel.depth() + count > limits.messages()) return channel.name() + " is full";
        }
        return null;
    }

    /** A message came to a consumer. */
    private void arrived(ChannelName channel, int message) {
        say("    %s: m%d", channel, message);
        if (limits.ageNs() > 0 && nowNs >= dueNs.get(message) + limits.ageNs()) {
            throw broken("%s: m%d comes although it has waited too long", channel, message);
        }
    }

    private TopicStats topic() {
        return broker.stats(TOPIC, null, false).get(0);
    }

    /** Time stands still until nobody has anything to do. */
    private long settle() {
        long next;
        do {
            next = broker.tick(nowNs);
        } while (log.answer(nowNs) || next <= nowNs);
        TopicStats topic = topic();
        requireWithinLimit("the topic", topic.depth());
        for (ChannelStats channel : topic.channels()) {
            requireWithinLimit(channel.name(), channel.depth());
        }
        return next;
    }

    /** What is requeued or due comes on top where new messages are refused. */
    private void requireWithinLimit(Object where, long depth) {
        if (!limits.dropsOldest() || limits.messages() == 0) return;
        if (depth > limits.messages()) throw broken("%s has %d waiting", where, depth);
    }

    /** Each message is somewhere, or it was counted when it went. */
    private void checkCounts() {
        TopicStats topic = topic();
        same("topic", "accepted", topic.messageCount(), accepted);
        for (ChannelStats channel : topic.channels()) {
            long there = channel.depth() + channel.deferredCount() + channel.inFlightCount();
            long gone = channel.evictedCount() + channel.expiredCount() + finished(channel.name());
            same(channel.name(), "messages", there + gone, channel.messageCount());
        }
    }

    private long finished(ChannelName channel) {
        return consumers.stream()
                .filter(consumer -> consumer.channel.equals(channel))
                .mapToLong(consumer -> consumer.finished)
                .sum();
    }

    private long dropped(boolean ofAge) {
        return topic().channels().stream()
                .mapToLong(c -> ofAge ? c.expiredCount() : c.evictedCount())
                .sum();
    }

    /** Nobody publishes or consumes: what is too old goes by itself, and what is too much. */
    private void comeToRest() {
        say("everything comes to rest");
        consumers.forEach(consumer -> consumer.ready(0, nowNs));
        consumers.forEach(consumer -> consumer.answer(nowNs, () -> 0));
        long last = nowNs + limits.ageNs() + 10 * SECOND_NS;
        for (int round = 0; nowNs < last; round++) {
            if (round > MAX_ROUNDS) throw broken("still not at rest");
            long next = settle();
            nowNs = Math.max(nowNs + 1, Math.min(next, last));
        }
        settle();
        checkCounts();
        if (limits.ageNs() > 0) checkNothingWaits();
        long allowed = limits.bytes() + 3 * SimulatedLog.SEGMENT_ENTRIES;
        if (limits.dropsOldest() && limits.bytes() > 0 && log.bytes() > allowed) {
            throw broken("%d entries are in the log, limit %d", log.bytes(), limits.bytes());
        }
    }

    private void checkNothingWaits() {
        TopicStats topic = topic();
        same("topic", "depth", topic.depth(), 0L);
        for (ChannelStats channel : topic.channels()) {
            same(channel.name(), "depth", channel.depth(), 0L);
            same(channel.name(), "deferred", channel.deferredCount(), 0L);
        }
        // At the safer levels, what is done stays until its segment is full.
        long allowed = level == Durability.MEM ? 0 : 2 * SimulatedLog.SEGMENT_ENTRIES;
        if (log.bytes() > allowed) throw broken("%d entries are in the log", log.bytes());
    }
}
