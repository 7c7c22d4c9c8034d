package io.sluice.nsqd.core;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The topics of one loop. All of its methods belong to that loop's thread. */
public final class Broker {
    private final BrokerSettings settings;
    private final Consumer<TopologyEvent> events;
    private final Map<TopicName, Topic> topics = new TreeMap<>();
    private final Set<Session> publishers = new LinkedHashSet<>();

    /** Channels by the time at which one of their messages is due. */
    private final DeadlineQueue<Channel> alarms = new DeadlineQueue<>();

    /** Topics whose channels had no room for what waits. */
    private final Set<Topic> stalled = new LinkedHashSet<>();

    /** A broker that tells {@code events} of what comes and goes. */
    public Broker(BrokerSettings settings, Consumer<TopologyEvent> events) {
        this.settings = settings;
        this.events = events;
    }

    /** Accepts all of the messages or none; makes the topic if it is missing. */
    public void publish(TopicName name, List<Bytes> bodies, long nowNs) throws Refused {
        topic(name).publish(bodies, nowNs);
    }

    /** Accepts one message that is due {@code delayNs} from now. */
    public void publish(TopicName name, Bytes body, long delayNs, long nowNs) throws Refused {
        topic(name).publish(body, delayNs, nowNs);
    }

    /** Makes the topic if it is missing. */
    public void createTopic(TopicName name) {
        topic(name);
    }

    Topic topic(TopicName name) {
        Topic topic = topics.get(name);
        if (topic != null) return topic;
        topic = new Topic(name, settings, alarms, events);
        topics.put(name, topic);
        events.accept(new TopologyEvent.TopicCreated(name));
        return topic;
    }

    /** A held topic's channels are known: they are made, and its messages go out. */
    public void open(TopicName name, List<ChannelName> channels, long nowNs) {
        Topic topic = topics.get(name);
        if (topic == null) return;
        channels.forEach(topic::channel);
        topic.open();
        drain(topic, nowNs);
    }

    /** True when there is such a topic. */
    public boolean has(TopicName name) {
        return topics.containsKey(name);
    }

    /** True when there is such a channel. */
    public boolean has(TopicName name, ChannelName channel) {
        Topic topic = topics.get(name);
        return topic != null && topic.find(channel) != null;
    }

    /** The topic, its channels and all their messages go; consumers are disconnected. */
    public void deleteTopic(TopicName name) {
        Topic topic = topics.remove(name);
        if (topic == null) return;
        stalled.remove(topic);
        topic.close();
    }

    /** Drops what waits in the topic itself. */
    public void emptyTopic(TopicName name) {
        topics.get(name).empty();
    }

    /** Holds messages back from the channels. */
    public void pauseTopic(TopicName name) {
        topics.get(name).pause();
    }

    /** Ends {@link #pauseTopic}. */
    public void unpauseTopic(TopicName name, long nowNs) {
        Topic topic = topics.get(name);
        topic.unpause();
        drain(topic, nowNs);
    }

    /** Makes the channel if it is missing; the first one gets all that waits in the topic. */
    public void createChannel(TopicName name, ChannelName channel, long nowNs) {
        Topic topic = topics.get(name);
        topic.channel(channel);
        drain(topic, nowNs);
    }

    /** The channel and its messages go; consumers are disconnected. */
    public void deleteChannel(TopicName name, ChannelName channel) {
        Topic topic = topics.get(name);
        Channel deleted = topic.find(channel);
        if (deleted == null) return;
        topic.delete(deleted);
        if (name.isEphemeral() && !topic.hasChannels()) deleteTopic(name);
    }

    /** Drops all messages of the channel, those in flight too. */
    public void emptyChannel(TopicName name, ChannelName channel, long nowNs) {
        topics.get(name).find(channel).empty(nowNs);
    }

    /** Holds messages back from consumers. */
    public void pauseChannel(TopicName name, ChannelName channel) {
        topics.get(name).find(channel).pause();
    }

    /** Ends {@link #pauseChannel}. */
    public void unpauseChannel(TopicName name, ChannelName channel, long nowNs) {
        topics.get(name).find(channel).unpause(nowNs);
    }

    void drain(Topic topic, long nowNs) {
        if (topic.drain(nowNs)) stalled.add(topic);
        else stalled.remove(topic);
    }

    void published(Session session) {
        publishers.add(session);
    }

    void gone(Session session) {
        publishers.remove(session);
    }

    /**
     * Does what is due. To be called when the time comes that it returned last, and after commands.
     *
     * @return when it wants to be called again at the latest; Long.MAX_VALUE for never
     */
    public long tick(long nowNs) {
        Channel due;
        while ((due = alarms.poll(nowNs)) != null) due.tick(nowNs);
        if (!stalled.isEmpty()) stalled.removeIf(topic -> !topic.drain(nowNs));
        return alarms.nextDueNs();
    }

    /**
     * A snapshot of the topics, by name.
     *
     * @param topic only this one, or all when null
     * @param channel only channels of this name, and topics that have one; or all when null
     */
    public List<TopicStats> stats(TopicName topic, ChannelName channel, boolean withClients) {
        return topics.values().stream()
                .filter(t -> topic == null || t.name().equals(topic))
                .filter(t -> channel == null || t.find(channel) != null)
                .map(t -> t.stats(channel, withClients))
                .toList();
    }

    /** The connections that published on this loop. */
    public List<ClientStats> publishers() {
        return publishers.stream().map(Session::stats).toList();
    }
}
