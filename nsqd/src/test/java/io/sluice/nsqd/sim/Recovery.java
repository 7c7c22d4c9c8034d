package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.same;

import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.nsqd.core.LogReplay;
import io.sluice.nsqd.core.SavedTopic;
import io.sluice.protocol.ChannelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What is left of a log, and how a daemon starts with it. */
final class Recovery {
    private final SplittableRandom random;
    private final BrokerSettings settings;
    private final CrashTopic topic;
    private final Ledger ledger;

    Recovery(SplittableRandom random, BrokerSettings settings, CrashTopic topic) {
        this.random = random;
        this.settings = settings;
        this.topic = topic;
        ledger = topic.ledger;
    }

    /** The log as it is found, to go on with. */
    SimulatedLog survivors(Crash crash) {
        SimulatedLog log = topic.log();
        long end = crash.keepsLog() ? log.end() : log.synced;
        for (Map.Entry<Long, LogEntry> entry : log.entries.tailMap(log.synced, true).entrySet()) {
            if (!crash.keepsLog() && random.nextInt(3) > 0) end = entry.getKey() + 1;
        }
        SimulatedLog found = new SimulatedLog(random.split(), end);
        found.synced = end;
        found.tally = log.tally;
        for (Map.Entry<Long, LogEntry> entry : log.entries.headMap(end).entrySet()) {
            boolean torn = entry.getKey() >= log.synced && random.nextInt(3) == 0;
            if (crash.keepsLog() || !torn) found.entries.put(entry.getKey(), entry.getValue());
        }
        for (long start : log.starts) if (start < end) found.starts.add(start);
        found.sealed = !found.starts.isEmpty();
        if (crash == Crash.DAMAGE_AT_OS) damage(found);
        if (crash == Crash.LOST_STATE_AT_OS) loseStates(found);
        return found;
    }

    /** Those of some of the last segments; one state is left. */
    private void loseStates(SimulatedLog log) {
        for (int i = log.starts.size() - 1; i > 0 && random.nextBoolean(); i--) {
            if (log.entries.headMap(log.starts.get(i)).values().stream()
                    .noneMatch(TopicState.class::isInstance)) return;
            log.entries.remove(log.starts.get(i));
        }
    }

    private void damage(SimulatedLog log) {
        log.entries
                .entrySet()
                .removeIf(
                        entry -> {
                            if (!(entry.getValue() instanceof Message message)) return false;
                            if (random.nextInt(20) > 0) return false;
                            ledger.damaged(Published.number(message.body()));
                            return true;
                        });
    }

    /** The newest segment that begins as it should says how things are, and all that follows. */
    void start(Broker broker, long nowNs) {
        SimulatedLog log = topic.log();
        LogContents contents = new LogContents(log.entries);
        long from = 0;
        for (long start : log.starts) {
            if (log.entries.get(start) instanceof TopicState) from = start;
        }
        LogReplay replay = new LogReplay(settings.durability(), ledger.channels());
        TopicState state = contents.replay(replay, from);
        List<ChannelState> channels = new ArrayList<>(state.channels());
        channels.removeIf(channel -> !ledger.has(channel.channel()));
        TopicState known =
                new TopicState(
                        state.atNs(),
                        state.durability(),
                        state.holdsBack(),
                        state.backlog(),
                        channels);
        var said = contents.of(state, nowNs);
        same("a log", "what it says", contents.of(contents.replay(again(), from), nowNs), said);
        for (ChannelState channel : known.channels()) {
            checkDeferred(channel.channel(), said.get(channel.channel().value()));
        }
        broker.restore(
                new SavedTopic(topic.name, ledger.paused, null, topic.pausedChannels, known),
                log,
                nowNs);
        for (ChannelName channel : ledger.channels()) {
            broker.createChannel(topic.name, channel, nowNs);
        }
    }

    private void checkDeferred(ChannelName channel, Map<Long, List<Long>> dues) {
        dues.forEach(
                (lsn, all) -> {
                    if (!(topic.log().entries.get(lsn) instanceof Message message)) return;
                    int number = Published.number(message.body());
                    for (long dueNs : all) ledger.checkDeferred(channel, number, dueNs);
                });
    }

    private LogReplay again() {
        return new LogReplay(settings.durability(), ledger.channels());
    }
}
