package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Gives each message its id and hands it to every channel, by reference. Keeps messages itself
 * while there is no channel, while it is paused, and while it is held for its channels to be known.
 */
final class Topic {
    private final TopicName name;
    private final BrokerSettings settings;
    private final DeadlineQueue<Channel> alarms;
    private final Consumer<TopologyEvent> events;
    private final TopicStore store;
    private final MessageIds ids;
    private final Map<ChannelName, Channel> channels = new TreeMap<>();
    private final Backlog backlog;
    private final Capacity capacity;
    private boolean held;
    private boolean paused;
    private boolean holdsBack = true;
    private long messageCount;
    private long messageBytes;
    private long droppedCount;

    Topic(
            TopicName name,
            BrokerSettings settings,
            TopicStore store,
            DeadlineQueue<Channel> alarms,
            Consumer<TopologyEvent> events) {
        this.name = name;
        this.settings = settings;
        this.store = store;
        this.alarms = alarms;
        this.events = events;
        this.ids = new MessageIds(settings.nodeId());
        this.held = settings.heldUntilOpened().getAsBoolean();
        this.backlog = new Backlog(store, this::passOver);
        this.capacity = new Capacity(name, settings, store, backlog, channels);
        store.attach(this::state, this::firstUnreadBesides, this::trim);
    }

    TopicName name() {
        return name;
    }

    TopicStore store() {
        return store;
    }

    /** Accepts all of the messages or none. What {@code OK} has to wait for; null for nothing. */
    Receipt publish(List<Bytes> bodies, Durability atLeast, long nowNs) throws Refused {
        return publish(bodies, nowNs, atLeast, nowNs);
    }

    /** Accepts one message that is due {@code delayNs} from now. */
    Receipt publish(Bytes body, long delayNs, Durability atLeast, long nowNs) throws Refused {
        return publish(List.of(body), nowNs + delayNs, atLeast, nowNs);
    }

    private Receipt publish(List<Bytes> bodies, long dueNs, Durability atLeast, long nowNs)
            throws Refused {
        Durability level = store.levelFor(atLeast);
        if (settings.backlog().refuses()) capacity.requireBelowLimits(bodies.size());
        boolean logs = !fits(bodies.size(), dueNs > nowNs, level);
        if (logs) requireRoom(bodies, dueNs > nowNs);
        for (Bytes body : bodies) {
            Publication publication = Publication.of(ids.next(nowNs), nowNs, dueNs, body);
            messageCount++;
            messageBytes += body.length();
            if (holdsBack) holdBack(publication, level, nowNs);
            else pass(publication, logs, level, nowNs);
            store.budget().offered(publication);
        }
        for (Channel channel : channels.values()) channel.dispatch(nowNs);
        return store.receipt(level);
    }

    /** True when memory has room for all of them, and nothing has to be logged. */
    private boolean fits(int count, boolean deferred, Durability level) {
        boolean memoryOnly = deferred && !holdsBack || !store.someoneIsBehind();
        if (level != Durability.MEM || !memoryOnly) return false;
        return (holdsBack ? capacity.ofBacklog() : capacity.ofChannels(deferred)) >= count;
    }

    private void requireRoom(List<Bytes> bodies, boolean deferred) throws Refused {
        if (store.log() != null) capacity.requireRoom(bodies);
        else if (!holdsBack) capacity.requireRoomInChannels(bodies.size(), deferred);
    }

    /** Drops what limits do not allow to stay. */
    private void trim(long nowNs) {
        backlog.trim(nowNs);
        if (!backlog.isEmpty()) store.watchAge();
        for (Channel channel : channels.values()) channel.trim(nowNs);
    }

    private void pass(Publication publication, boolean logs, Durability level, long nowNs) {
        boolean deferred = publication.dueNs() > nowNs;
        if (logs && store.log() != null && mustLog(deferred, level)) {
            store.publish(publication, deferred ? Reach.DEFERRED : Reach.PUBLISHED);
        }
        for (Channel channel : channels.values()) channel.put(publication, nowNs);
    }

    /** A deferred message goes to memory, which makes room for it by itself. */
    private boolean mustLog(boolean deferred, Durability level) {
        if (level != Durability.MEM) return true;
        return !deferred && (store.someoneIsBehind() || capacity.ofChannels(false) == 0);
    }

    private void holdBack(Publication publication, Durability level, long nowNs) {
        boolean fits = capacity.ofBacklog() > 0;
        boolean logs = !fits || level != Durability.MEM || store.someoneIsBehind();
        if (logs && store.log() != null) store.publish(publication, Reach.PUBLISHED);
        if (fits) backlog.add(publication);
        else if (store.log() != null) backlog.addLogged(publication);
        else droppedCount++;
        if (!settings.backlog().drops()) return;
        backlog.trim(nowNs);
        store.watchAge();
    }

    /** Looks whether messages may flow now. Channels take over what was held back till then. */
    private void review(long nowNs) {
        boolean holds = held || paused || channels.isEmpty();
        if (holds == holdsBack) return;
        holdsBack = holds;
        store.record(holds ? new LogEntry.HeldBack() : new LogEntry.Released());
        if (holds) return;
        for (Channel channel : channels.values()) channel.takeOver(backlog, nowNs);
        backlog.clear();
        for (Channel channel : channels.values()) channel.dispatch(nowNs);
    }

    /** Its channels are known now: messages may go out. */
    void open(long nowNs) {
        held = false;
        review(nowNs);
    }

    Channel channel(ChannelName channelName, long nowNs) {
        Channel channel = channels.get(channelName);
        if (channel != null) return channel;
        channel = add(channelName);
        if (!channelName.isEphemeral()) store.record(new LogEntry.ChannelCreated(channelName));
        events.accept(new TopologyEvent.ChannelCreated(name, channelName));
        review(nowNs);
        return channel;
    }

    private Channel add(ChannelName channelName) {
        Channel channel = new Channel(channelName, settings, store, alarms);
        channels.put(channelName, channel);
        return channel;
    }

    /** The channel, or null when there is none. */
    Channel find(ChannelName channelName) {
        return channels.get(channelName);
    }

    void delete(Channel channel, long nowNs) {
        channels.remove(channel.name());
        channel.close();
        if (!channel.name().isEphemeral()) {
            store.record(new LogEntry.ChannelDeleted(channel.name()));
        }
        events.accept(new TopologyEvent.ChannelDeleted(name, channel.name()));
        review(nowNs);
    }

    /** The topic is being deleted: its channels go first. */
    void close(Runnable deleted) {
        for (Channel channel : List.copyOf(channels.values())) {
            channels.remove(channel.name());
            channel.close();
            events.accept(new TopologyEvent.ChannelDeleted(name, channel.name()));
        }
        backlog.clear();
        store.delete(deleted);
        events.accept(new TopologyEvent.TopicDeleted(name));
    }

    boolean hasChannels() {
        return !channels.isEmpty();
    }

    boolean isPaused() {
        return paused;
    }

    void pause(boolean holds, long nowNs) {
        paused = holds;
        events.accept(new TopologyEvent.Changed(name));
        review(nowNs);
    }

    /** Drops what waits here; channels keep what they have. */
    void empty() {
        // Who is behind will come by what was logged while the topic held it back.
        for (Channel channel : channels.values()) channel.waiting().passOver(backlog.logged());
        backlog.clear();
        store.record(new LogEntry.TopicEmptied());
    }

    private void passOver(long lsn) {
        for (Channel channel : channels.values()) channel.waiting().passOver(lsn);
    }

    private long firstUnreadBesides() {
        long first = store.end();
        for (Channel channel : channels.values()) {
            first = Math.min(first, channel.waiting().deferred().runs().firstUnsafe());
            if (channel.name().isEphemeral()) first = Math.min(first, channel.waiting().unread());
        }
        return first;
    }

    /** What its log needs to know. What is ephemeral is not in it. */
    private TopicState state() {
        List<ChannelState> states = new ArrayList<>();
        for (Channel channel : channels.values()) {
            if (!channel.name().isEphemeral()) states.add(channel.state());
        }
        return new TopicState(
                ids.reachedNs(), store.durability(), holdsBack, backlog.state(), states);
    }

    /** Every message of this topic is to be as durable as that from now on. */
    void choose(Durability durability) {
        store.choose(durability);
        events.accept(new TopologyEvent.Changed(name));
    }

    /** Goes on where it was when it was saved. */
    void restore(SavedTopic saved, long nowNs) {
        TopicState state = saved.state();
        held = false;
        store.restored();
        paused = saved.paused();
        if (saved.chosen() != null) store.choose(saved.chosen());
        ids.startAt(state.atNs());
        backlog.restore(state.backlog());
        // If it stopped while channels were taking over, they do so again.
        holdsBack = state.holdsBack() || !backlog.isEmpty();
        for (ChannelState channel : state.channels()) {
            boolean channelPaused = saved.pausedChannels().contains(channel.channel());
            add(channel.channel()).restore(channel, channelPaused, nowNs);
            events.accept(new TopologyEvent.ChannelCreated(name, channel.channel()));
        }
        review(nowNs);
    }

    /** Puts into the log what is in memory only, so that nothing is lost when the daemon stops. */
    private void keep() {
        backlog.keep();
        for (Channel channel : channels.values()) {
            if (!channel.name().isEphemeral()) channel.keep();
        }
    }

    /** Nothing more will come. */
    void stop(Runnable stopped) {
        store.close(this::keep, stopped);
    }

    TopicStats stats(ChannelName only, boolean withClients, Measured latencies) {
        return new TopicStats(
                name,
                backlog.size(),
                backlog.onDisk(),
                backlog.oldestNs(),
                messageCount,
                messageBytes,
                droppedCount + backlog.dropped(),
                paused,
                store.stats(),
                channels.values().stream()
                        .filter(c -> only == null || c.name().equals(only))
                        .map(c -> c.stats(withClients, latencies.of(c)))
                        .toList(),
                latencies.of(channels.values()));
    }
}
