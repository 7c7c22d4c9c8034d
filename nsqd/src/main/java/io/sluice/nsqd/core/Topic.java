package io.sluice.nsqd.core;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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
    private final MessageIds ids;
    private final Map<ChannelName, Channel> channels = new TreeMap<>();
    private final Queue<Publication> backlog = new ArrayDeque<>();
    private boolean held;
    private boolean paused;
    private long messageCount;
    private long messageBytes;
    private long droppedCount;

    Topic(
            TopicName name,
            BrokerSettings settings,
            DeadlineQueue<Channel> alarms,
            Consumer<TopologyEvent> events) {
        this.name = name;
        this.settings = settings;
        this.alarms = alarms;
        this.events = events;
        this.ids = new MessageIds(settings.nodeId());
        this.held = settings.heldUntilOpened();
    }

    TopicName name() {
        return name;
    }

    /** Accepts all of the messages or none. */
    void publish(List<Bytes> bodies, long nowNs) throws Refused {
        requireRoom(bodies.size());
        for (Bytes body : bodies) take(body, nowNs, nowNs);
        dispatch(nowNs);
    }

    /** Accepts one message that is due {@code delayNs} from now. */
    void publish(Bytes body, long delayNs, long nowNs) throws Refused {
        requireRoom(1);
        take(body, nowNs + delayNs, nowNs);
        dispatch(nowNs);
    }

    private void take(Bytes body, long dueNs, long nowNs) {
        Publication publication = new Publication(ids.next(nowNs), nowNs, dueNs, body);
        messageCount++;
        messageBytes += body.length();
        if (flows()) {
            for (Channel channel : channels.values()) channel.put(publication, nowNs);
        } else if (name.isEphemeral() && backlog.size() >= settings.memQueueSize()) {
            droppedCount++;
        } else {
            backlog.add(publication);
        }
    }

    /** True when messages go straight to the channels: not past others that still wait. */
    private boolean flows() {
        return isOpen() && backlog.isEmpty();
    }

    private boolean isOpen() {
        return !held && !paused && !channels.isEmpty();
    }

    /**
     * Until there is a disk behind the memory, what does not fit is refused. Only what is ephemeral
     * itself drops: an ordinary channel refuses in an ephemeral topic too.
     */
    private void requireRoom(int count) throws Refused {
        int max = settings.memQueueSize();
        if (!flows()) {
            if (name.isEphemeral() || max - backlog.size() >= count) return;
            throw full("topic " + name, backlog.size(), count);
        }
        for (Channel channel : channels.values()) {
            if (channel.name().isEphemeral() || channel.room() >= count) continue;
            throw full("channel " + name + ":" + channel.name(), channel.held(), count);
        }
    }

    private Refused full(String where, int holds, int count) {
        String limit = settings.memQueueSize() + " (--mem-queue-size)";
        return new Refused(
                where
                        + " holds "
                        + holds
                        + " messages and has no room for "
                        + count
                        + ", limit "
                        + limit);
    }

    private void dispatch(long nowNs) {
        for (Channel channel : channels.values()) channel.dispatch(nowNs);
    }

    /** Moves waiting messages on, as far as all channels have room. True when some still wait. */
    boolean drain(long nowNs) {
        if (!isOpen()) return false;
        while (!backlog.isEmpty() && channelsHaveRoom()) {
            Publication publication = backlog.remove();
            for (Channel channel : channels.values()) channel.put(publication, nowNs);
            dispatch(nowNs);
        }
        return !backlog.isEmpty();
    }

    private boolean channelsHaveRoom() {
        for (Channel channel : channels.values()) {
            if (channel.room() == 0 && !channel.name().isEphemeral()) return false;
        }
        return true;
    }

    /** Its channels are known now: messages may go out. */
    void open() {
        held = false;
    }

    Channel channel(ChannelName channelName) {
        Channel channel = channels.get(channelName);
        if (channel != null) return channel;
        channel = new Channel(channelName, settings, alarms);
        channels.put(channelName, channel);
        events.accept(new TopologyEvent.ChannelCreated(name, channelName));
        return channel;
    }

    /** The channel, or null when there is none. */
    Channel find(ChannelName channelName) {
        return channels.get(channelName);
    }

    void delete(Channel channel) {
        channels.remove(channel.name());
        channel.close();
        events.accept(new TopologyEvent.ChannelDeleted(name, channel.name()));
    }

    /** The topic is being deleted: its channels go first. */
    void close() {
        for (Channel channel : List.copyOf(channels.values())) delete(channel);
        backlog.clear();
        events.accept(new TopologyEvent.TopicDeleted(name));
    }

    boolean hasChannels() {
        return !channels.isEmpty();
    }

    void pause() {
        paused = true;
    }

    void unpause() {
        paused = false;
    }

    /** Drops what waits here; channels keep what they have. */
    void empty() {
        backlog.clear();
    }

    TopicStats stats(ChannelName only, boolean withClients) {
        Collection<Channel> shown = channels.values();
        return new TopicStats(
                name,
                backlog.size(),
                messageCount,
                messageBytes,
                droppedCount,
                paused,
                shown.stream()
                        .filter(c -> only == null || c.name().equals(only))
                        .map(c -> c.stats(withClients))
                        .toList());
    }
}
