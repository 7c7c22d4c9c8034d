package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Finished;
import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Numbered;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.Requeued;
import io.sluice.nsqd.core.LogEntry.Run;
import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.protocol.ChannelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a topic's state of its log: of the last state in it that can be read, and all that follows.
 * If there is none, every message that can be read is for every channel.
 */
public final class LogReplay {
    private final Map<ChannelName, ReplayedChannel> channels = new TreeMap<>();

    /** Channels that there are, even if the log does not say so. */
    private final Set<ChannelName> known;

    /** Where a cursor may stop: since the last state where it does, and before it anywhere. */
    private final DoneRanges stops = new DoneRanges();

    private ReplayedChannel backlog = new ReplayedChannel(null, 0, stops);
    private Durability durability;
    private boolean holdsBack = true;
    private boolean stateFound;
    private long reachedNs;
    private long messageCount;

    /**
     * A replay from the start.
     *
     * @param durability of the topic, if the log does not say
     * @param known channels that there are, as far as the log does not know better
     */
    public LogReplay(Durability durability, List<ChannelName> known) {
        this.durability = durability;
        this.known = new TreeSet<>(known);
        for (ChannelName channel : known) {
            channels.put(channel, new ReplayedChannel(channel, 0, stops));
            holdsBack = false;
        }
    }

    /** Takes the next entry of the log. */
    public void apply(Numbered numbered) {
        long lsn = numbered.lsn();
        LogEntry entry = numbered.entry();
        if (entry instanceof Message e) apply(lsn, e);
        else if (entry instanceof Finished e) apply(e);
        else if (entry instanceof Requeued e) apply(e);
        else if (entry instanceof TopicState e) apply(lsn, e);
        else if (entry instanceof Run e) channel(e.channel(), lsn).addRun(lsn, e.refs());
        else if (entry instanceof LogEntry.ChannelCreated e) created(e.channel(), lsn);
        else if (entry instanceof LogEntry.ChannelDeleted e) delete(e.channel());
        else if (entry instanceof LogEntry.ChannelEmptied e) create(e.channel(), lsn);
        else if (entry instanceof LogEntry.TopicEmptied) emptyTopic(lsn);
        else if (entry instanceof LogEntry.HeldBack) holdBack(lsn);
        else if (entry instanceof LogEntry.Released) release(lsn);
    }

    private void apply(long lsn, Message message) {
        messageCount++;
        // Ids may be ahead of the clock.
        reachedNs = Math.max(reachedNs, MessageIds.reachedNs(message.id()));
        if (message.reach() == Reach.PUBLISHED) stops.add(lsn);
        if (message.reach() == Reach.DEFERRED) {
            Ref ref = new Ref(lsn, 0, message.dueNs());
            for (ReplayedChannel channel : channels.values()) channel.add(ref);
        } else if (message.reach() == Reach.PUBLISHED) {
            if (holdsBack) backlog.holdBack(lsn);
            else for (ReplayedChannel channel : channels.values()) channel.addUnread();
        }
    }

    private void apply(Finished finished) {
        ReplayedChannel channel = channels.get(finished.channel());
        if (channel == null) return;
        for (long lsn : finished.lsns()) channel.finish(lsn);
    }

    private void apply(Requeued requeued) {
        ReplayedChannel channel = channels.get(requeued.channel());
        if (channel == null) return;
        for (Ref ref : requeued.refs()) channel.requeue(ref);
    }

    private void apply(long lsn, TopicState state) {
        durability = state.durability();
        holdsBack = state.holdsBack();
        reachedNs = Math.max(reachedNs, state.atNs());
        stateFound = true;
        stops.clear();
        stops.add(0, lsn);
        backlog = new ReplayedChannel(state.backlog(), stops);
        channels.clear();
        for (ChannelState channel : state.channels()) {
            channels.put(channel.channel(), new ReplayedChannel(channel, stops));
        }
    }

    private ReplayedChannel channel(ChannelName name, long lsn) {
        return channels.computeIfAbsent(name, n -> new ReplayedChannel(n, lsn, stops));
    }

    private void delete(ChannelName name) {
        channels.remove(name);
        known.remove(name);
    }

    private void created(ChannelName name, long lsn) {
        // Without a state, what was published before may have been held back for it.
        if (stateFound || !channels.containsKey(name)) create(name, lsn);
    }

    private void create(ChannelName name, long lsn) {
        channels.put(name, new ReplayedChannel(name, lsn + 1, stops));
    }

    private void emptyTopic(long lsn) {
        for (ReplayedChannel channel : channels.values()) channel.passOver(backlog, lsn);
        emptyBacklog(lsn);
    }

    private void emptyBacklog(long lsn) {
        backlog = new ReplayedChannel(null, lsn + 1, stops);
    }

    private void holdBack(long lsn) {
        holdsBack = true;
        emptyBacklog(lsn);
    }

    private void release(long lsn) {
        holdsBack = false;
        // That there is one may have been lost with the power, when this was not.
        if (channels.isEmpty()) for (ChannelName channel : known) create(channel, lsn);
        for (ReplayedChannel channel : channels.values()) channel.takeOver(backlog);
        emptyBacklog(lsn);
    }

    /** Messages that were applied. */
    public long messageCount() {
        return messageCount;
    }

    /**
     * The topic as it is after what was applied.
     *
     * @param end the lsn of the next entry
     */
    public TopicState state(long end) {
        for (ChannelName name : known) {
            channels.computeIfAbsent(name, n -> new ReplayedChannel(n, end, stops));
        }
        List<ChannelState> states = new ArrayList<>();
        for (ReplayedChannel channel : channels.values()) states.add(channel.state());
        return new TopicState(reachedNs, durability, holdsBack, backlog.state(), states);
    }
}
