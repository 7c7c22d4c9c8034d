package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.core.TopologyEvent;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold for a broker, kept apart from it and without a thought of speed. */
final class Model {
    final BrokerSettings settings;
    final Tally tally;
    final Map<TopicName, ModelTopic> topics = new TreeMap<>();
    final List<TopologyEvent> events = new ArrayList<>();

    /** How many messages each connection published, by topic. */
    final Map<Long, Map<TopicName, Long>> published = new LinkedHashMap<>();

    Model(BrokerSettings settings, Tally tally) {
        this.tally = tally;
        this.settings = settings;
    }

    ModelTopic topic(TopicName name) {
        ModelTopic topic = topics.get(name);
        if (topic != null) return topic;
        topic = new ModelTopic(name, this);
        topics.put(name, topic);
        events.add(new TopologyEvent.TopicCreated(name));
        return topic;
    }

    ModelChannel channel(ModelTopic topic, ChannelName name) {
        ModelChannel channel = topic.channels.get(name);
        if (channel != null) return channel;
        channel = new ModelChannel(topic, name);
        topic.channels.put(name, channel);
        events.add(new TopologyEvent.ChannelCreated(topic.name, name));
        return channel;
    }

    /** True when bytes, not messages, may be what memory has too many of. */
    boolean isShortOfBytes() {
        return settings.memory().bytes() < World.PLENTY_OF_BYTES;
    }

    boolean refusesConsumer(ModelChannel channel) {
        int max = settings.maxChannelConsumers();
        return max > 0 && channel.consumers.size() == max;
    }

    void deleteChannel(ModelChannel channel) {
        close(channel);
        if (channel.topic.name.isEphemeral() && channel.topic.channels.isEmpty()) {
            deleteTopic(channel.topic);
        }
    }

    private void close(ModelChannel channel) {
        tally.add(Happening.CHANNEL_DELETED);
        channel.topic.channels.remove(channel.name);
        channel.close();
        events.add(new TopologyEvent.ChannelDeleted(channel.topic.name, channel.name));
    }

    void deleteTopic(ModelTopic topic) {
        List.copyOf(topic.channels.values()).forEach(this::close);
        tally.add(Happening.TOPIC_DELETED);
        topics.remove(topic.name);
        events.add(new TopologyEvent.TopicDeleted(topic.name));
    }

    void countPublished(long connection, TopicName topic, int count) {
        published
                .computeIfAbsent(connection, c -> new TreeMap<>())
                .merge(topic, (long) count, Long::sum);
    }

    /** A consumer is gone, and with the last one an ephemeral channel. */
    void leave(ModelConsumer consumer, long nowNs) {
        ModelChannel channel = consumer.channel;
        if (consumer.gone) return;
        channel.leave(consumer, nowNs);
        if (channel.isAbandoned()) deleteChannel(channel);
    }

    void tick(long nowNs) {
        for (ModelTopic topic : topics.values()) {
            topic.channels.values().forEach(channel -> channel.tick(nowNs));
        }
    }

    long nextDueNs() {
        long next = Long.MAX_VALUE;
        for (ModelTopic topic : topics.values()) {
            for (ModelChannel channel : topic.channels.values()) {
                next = Math.min(next, channel.nextDueNs());
            }
        }
        return next;
    }
}
