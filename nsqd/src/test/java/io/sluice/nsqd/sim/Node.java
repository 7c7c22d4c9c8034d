package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;

import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogReplay;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.nsqd.core.TopologyEvent;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A broker under test, its logs, the model that goes with it, and the timer of its loop. */
final class Node {
    /** Far more than a turn can take. */
    private static final int MAX_TICKS = 1_000;

    /** One in so many ticks is a good moment to read a log. */
    private static final int REPLAYS = 16;

    final Broker broker;
    final Model model;
    final List<TopologyEvent> events = new ArrayList<>();

    /** Of its topics; an ephemeral topic has none. */
    final Map<TopicName, SimulatedLog> logs = new TreeMap<>();

    /** When the broker wants its next tick. */
    long askedNs = Long.MAX_VALUE;

    /** Topics that something was done to since the last check. */
    final Set<TopicName> touched = new LinkedHashSet<>();

    private final SplittableRandom random;

    Node(BrokerSettings settings, SplittableRandom random, Tally tally) {
        this.random = random;
        broker = new Broker(settings, this::log, events::add);
        model = new Model(settings, tally);
    }

    private SimulatedLog log(TopicName topic) {
        SimulatedLog log = new SimulatedLog(random, 0);
        log.tally = model.tally;
        logs.put(topic, log);
        return log;
    }

    /** Why messages of the topic can't be stored now; null when they can. */
    String refusal(TopicName topic) {
        SimulatedLog log = logs.get(topic);
        return log == null || log.deleted ? null : log.refusal;
    }

    /** Gives the answers that its logs owe; false when there are none. */
    boolean answer(long nowNs) {
        boolean any = false;
        for (SimulatedLog log : logs.values()) while (log.answer(nowNs)) any = true;
        return any;
    }

    /** Gives all answers, and tells the model of what it can't know by itself. */
    void settle(TopicName name, long nowNs) {
        touched.add(name);
        answer(nowNs);
        observe(name);
    }

    private void observe(TopicName name) {
        ModelTopic topic = model.topics.get(name);
        if (topic == null) return;
        for (TopicStats is : broker.stats(name, null, false)) {
            for (ChannelStats channel : is.channels()) {
                ModelChannel known = topic.channels.get(channel.name());
                if (known == null) continue;
                known.waiting.observe(channel.diskDepth());
                known.observeDrops(channel.droppedCount());
            }
        }
    }

    /** After a turn, the log of a topic whose level is not mem says what the topic knows. */
    private void replay(TopicName topic, SimulatedLog log, long nowNs) {
        if (log.entries.isEmpty() || random.nextInt(REPLAYS) > 0) return;
        LogContents contents = new LogContents(log.entries);
        LogReplay replay = new LogReplay(model.settings.durability(), List.of());
        long from = log.starts.get(log.starts.size() - 1);
        Object replayed = contents.of(contents.replay(replay, from), nowNs);
        Checker.same(topic, "what its log says", replayed, contents.of(log.state(), nowNs));
    }

    void tick(long nowNs) {
        int ticks = 0;
        do {
            if (++ticks > MAX_TICKS) throw broken("no end of ticks at %d", nowNs);
            askedNs = broker.tick(nowNs);
        } while (answer(nowNs));
        if (askedNs <= nowNs) throw broken("asks for a tick at %d, at %d", askedNs, nowNs);
        if (model.settings.durability() != Durability.MEM) {
            logs.forEach((topic, log) -> replay(topic, log, nowNs));
        }
        touched.addAll(model.topics.keySet());
        model.tick(nowNs);
        if (askedNs > model.nextDueNs()) touched.forEach(this::observe);
        long dueNs = model.nextDueNs();
        if (askedNs > dueNs) throw broken("asks for a tick at %d, due at %d", askedNs, dueNs);
    }
}
