package io.sluice.nsqd.core;

import io.sluice.protocol.BodyArrays;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The topics of one loop. All of its methods belong to that loop's thread. */
public final class Broker {
    /** Logs that are cared for in one turn: after a start all may want it at the same time. */
    private static final int CARES_A_TURN = 64;

    private final BrokerSettings settings;
    private final Consumer<TopologyEvent> events;
    private final Map<TopicName, Topic> topics = new LinkedHashMap<>();
    private final Set<Session> publishers = new LinkedHashSet<>();

    /** Channels by the time at which one of their messages is due. */
    private final DeadlineQueue<Channel> alarms = new DeadlineQueue<>();

    /** Logs by the time at which they need care. */
    private final DeadlineQueue<TopicStore> chores = new DeadlineQueue<>();

    /** Journals that have something to write at the end of this turn. */
    private final List<ChannelJournal> unwritten = new ArrayList<>();

    private final MemoryBudget budget;
    private final TopicLogs logs;
    private boolean stopping;

    /** A broker that keeps messages in {@code logs}, and tells {@code events} of topics. */
    public Broker(BrokerSettings settings, TopicLogs logs, Consumer<TopologyEvent> events) {
        this.settings = settings;
        this.logs = logs;
        this.events = events;
        this.budget = new MemoryBudget(settings.memory().bytes());
    }

    /**
     * Accepts all of the messages or none; makes the topic if it is missing.
     *
     * @param atLeast what {@code OK} must promise, if the topic promises less
     * @return what {@code OK} has to wait for; null for nothing
     */
    public Receipt publish(TopicName name, List<Bytes> bodies, Durability atLeast, long nowNs)
            throws Refused {
        refuseWhenStopping();
        return topic(name).publish(bodies, atLeast, nowNs);
    }

    /** As the other, with one message that is due {@code delayNs} from now. */
    public Receipt publish(TopicName name, Bytes body, long delayNs, Durability atLeast, long nowNs)
            throws Refused {
        refuseWhenStopping();
        return topic(name).publish(body, delayNs, atLeast, nowNs);
    }

    /** Where arrays for long bodies come from that are to be published here. */
    public BodyArrays bodyArrays() {
        return budget.arrays();
    }

    private void refuseWhenStopping() throws Refused {
        if (stopping) throw new Refused("exiting");
    }

    /** Makes the topic if it is missing. */
    public void createTopic(TopicName name) {
        topic(name);
    }

    /** Makes the topic if it is missing, and has it promise this for every message. */
    public void createTopic(TopicName name, Durability durability) {
        topic(name).choose(durability);
    }

    Topic topic(TopicName name) {
        Topic topic = topics.get(name);
        if (topic != null) return topic;
        topic = add(name, name.isEphemeral() ? null : logs.create(name));
        events.accept(new TopologyEvent.TopicCreated(name));
        return topic;
    }

    private Topic add(TopicName name, TopicLog log) {
        TopicStore store = new TopicStore(settings, budget, chores, unwritten, log);
        Topic topic = new Topic(name, settings, store, alarms, events);
        topics.put(name, topic);
        return topic;
    }

    /**
     * Makes a topic that was there before a restart. Its channels are known.
     *
     * @param log the topic's own, to go on with
     */
    public void restore(SavedTopic saved, TopicLog log, long nowNs) {
        Topic topic = add(saved.name(), log);
        events.accept(new TopologyEvent.TopicCreated(saved.name()));
        topic.restore(saved, nowNs);
    }

    /** A held topic's channels are known: they are made, and its messages go out. */
    public void open(TopicName name, List<ChannelName> channels, long nowNs) {
        Topic topic = topics.get(name);
        if (topic == null) return;
        channels.forEach(channel -> topic.channel(channel, nowNs));
        topic.open(nowNs);
    }

    /** True when there is such a topic. */
    public boolean has(TopicName name) {
        return topics.containsKey(name);
    }

    /** True when there is such a channel. */
    public boolean has(TopicName name, ChannelName channel) {
        return find(name, channel) != null;
    }

    Channel find(TopicName name, ChannelName channel) {
        Topic topic = topics.get(name);
        return topic == null ? null : topic.find(channel);
    }

    /** The topic, its channels and all their messages go; consumers are disconnected. */
    public void deleteTopic(TopicName name) {
        deleteTopic(name, () -> {});
    }

    /** As the other; {@code deleted} is called when it will not be back after a crash either. */
    public void deleteTopic(TopicName name, Runnable deleted) {
        Topic topic = topics.remove(name);
        if (topic == null) {
            deleted.run();
            return;
        }
        topic.close(deleted);
    }

    /** Drops what waits in the topic itself. */
    public void emptyTopic(TopicName name) {
        topics.get(name).empty();
    }

    /** Holds messages back from the channels. */
    public void pauseTopic(TopicName name, long nowNs) {
        topics.get(name).pause(true, nowNs);
    }

    /** Ends {@link #pauseTopic}. */
    public void unpauseTopic(TopicName name, long nowNs) {
        topics.get(name).pause(false, nowNs);
    }

    /** Makes the channel if it is missing; the first one gets all that waits in the topic. */
    public void createChannel(TopicName name, ChannelName channel, long nowNs) {
        topics.get(name).channel(channel, nowNs);
    }

    /** The channel and its messages go; consumers are disconnected. */
    public void deleteChannel(TopicName name, ChannelName channel, long nowNs) {
        Topic topic = topics.get(name);
        Channel deleted = topic.find(channel);
        if (deleted == null) return;
        topic.delete(deleted, nowNs);
        if (name.isEphemeral() && !topic.hasChannels()) deleteTopic(name);
    }

    /** Drops all messages of the channel, those in flight too. */
    public void emptyChannel(TopicName name, ChannelName channel, long nowNs) {
        topics.get(name).find(channel).empty(nowNs);
    }

    /** Holds messages back from consumers. */
    public void pauseChannel(TopicName name, ChannelName channel) {
        topics.get(name).find(channel).pause();
        events.accept(new TopologyEvent.Changed(name));
    }

    /** Ends {@link #pauseChannel}. */
    public void unpauseChannel(TopicName name, ChannelName channel, long nowNs) {
        topics.get(name).find(channel).unpause(nowNs);
        events.accept(new TopologyEvent.Changed(name));
    }

    Nearness nearness(ClientSettings client) {
        return settings.topology().of(client);
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
        if (stopping) return Long.MAX_VALUE;
        Channel due;
        while ((due = alarms.poll(nowNs)) != null) due.tick(nowNs);
        for (ChannelJournal journal : unwritten) journal.write();
        unwritten.clear();
        TopicStore store;
        for (int i = 0; i < CARES_A_TURN && (store = chores.poll(nowNs)) != null; i++) {
            store.care(nowNs);
        }
        budget.reuse();
        return Math.min(alarms.nextDueNs(), chores.nextDueNs());
    }

    /**
     * Nothing is accepted any more; what is in memory only goes to the logs. Consumers must be gone
     * by now.
     *
     * @param stopped called when all logs have ended
     */
    public void stop(Runnable stopped) {
        stopping = true;
        for (ChannelJournal journal : unwritten) journal.write();
        unwritten.clear();
        Countdown left = new Countdown(topics.size(), stopped);
        for (Topic topic : List.copyOf(topics.values())) topic.stop(left::one);
    }

    /** All topics there are, by name. */
    public List<TopicName> topics() {
        return List.copyOf(topics.keySet());
    }

    /** As the other one, without latencies: they take a while to add up. */
    public List<TopicStats> stats(TopicName topic, ChannelName channel, boolean withClients) {
        return stats(topic, channel, withClients, Measured.NOT);
    }

    /**
     * A snapshot of the topics, by name.
     *
     * @param topic only this one, or all when null
     * @param channel only channels of this name, and topics that have one; or all when null
     */
    public List<TopicStats> stats(
            TopicName topic, ChannelName channel, boolean withClients, long nowNs) {
        return stats(topic, channel, withClients, Measured.at(nowNs));
    }

    private List<TopicStats> stats(
            TopicName topic, ChannelName channel, boolean withClients, Measured latencies) {
        return (topic == null ? topics.values().stream() : Stream.ofNullable(topics.get(topic)))
                .filter(t -> channel == null || t.find(channel) != null)
                .sorted(Comparator.comparing(Topic::name))
                .map(t -> t.stats(channel, withClients, latencies))
                .toList();
    }

    /**
     * Shows messages of a channel, up to {@code count}, without any effect on them: those that wait
     * in the order in which they will go out, then those in flight, and then those deferred that
     * are in memory.
     *
     * @param peeked called now, or later when some have to be read from the log
     */
    public void peek(
            TopicName topic, ChannelName channel, int count, Consumer<List<PeekedMessage>> peeked) {
        Topic found = topics.get(topic);
        found.find(channel).peek(new Peek(found.store(), count, peeked));
    }

    /** The connections that published on this loop. */
    public List<ClientStats> publishers() {
        return publishers.stream().map(Session::stats).toList();
    }
}
