package io.sluice.lookupd.registry;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A topic that somebody has or has had: who has it now, and its channels likewise. */
final class Topic {
    private final TopicName name;
    private final Map<Producer, Registration> registrations = new LinkedHashMap<>();
    private final Map<ChannelName, Set<Producer>> channels = new TreeMap<>();

    Topic(TopicName name) {
        this.name = name;
    }

    Collection<Registration> registrations() {
        return registrations.values();
    }

    Map<ChannelName, Set<Producer>> channels() {
        return channels;
    }

    boolean isAbandoned() {
        return registrations.isEmpty();
    }

    void create(ChannelName channel) {
        channels.computeIfAbsent(channel, name -> new LinkedHashSet<>());
    }

    /** Forgets the channel; false when there was none. */
    boolean delete(ChannelName channel) {
        Set<Producer> producers = channels.remove(channel);
        if (producers == null) return false;
        for (Producer producer : producers) registrations.get(producer).channels().remove(channel);
        return true;
    }

    /** The producer has the topic; what it had of it before stays as it is. */
    Registration register(Producer producer) {
        return registrations.computeIfAbsent(producer, this::registration);
    }

    private Registration registration(Producer producer) {
        Registration registration = new Registration(producer, name);
        producer.add(registration);
        return registration;
    }

    void register(Producer producer, ChannelName channel) {
        register(producer).channels().add(channel);
        create(channel);
        channels.get(channel).add(producer);
    }

    /** The producer no longer has the topic, nor any of its channels. */
    void unregister(Producer producer) {
        Registration registration = registrations.remove(producer);
        if (registration == null) return;
        producer.remove(name);
        for (ChannelName channel : registration.channels()) channels.get(channel).remove(producer);
    }

    /** An ephemeral channel goes with the last of its producers, any other stays known. */
    void unregister(Producer producer, ChannelName channel) {
        Set<Producer> producers = channels.get(channel);
        if (producers == null) return;
        if (producers.remove(producer)) registrations.get(producer).channels().remove(channel);
        if (producers.isEmpty() && channel.isEphemeral()) channels.remove(channel);
    }
}
