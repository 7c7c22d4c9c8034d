package io.sluice.lookupd.registry;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that the lookup daemon knows. Topics know their producers and producers their topics, so that
 * no question is answered by looking through everything. Nobody is taken out because of time: it is
 * compared when somebody asks.
 */
public final class Registry {
    private long inactiveTimeoutNs;
    private long tombstoneLifetimeNs;
    private final Set<Producer> producers = new LinkedHashSet<>();
    private final Map<TopicName, Topic> topics = new TreeMap<>();

    /**
     * An empty registry.
     *
     * @param inactiveTimeoutNs how long a producer is shown after its last sign of life
     * @param tombstoneLifetimeNs how long a tombstone hides a registration
     */
    public Registry(long inactiveTimeoutNs, long tombstoneLifetimeNs) {
        this.inactiveTimeoutNs = inactiveTimeoutNs;
        this.tombstoneLifetimeNs = tombstoneLifetimeNs;
    }

    /** These times hold from now on; they are those of the constructor. */
    public void use(long newInactiveTimeoutNs, long newTombstoneLifetimeNs) {
        inactiveTimeoutNs = newInactiveTimeoutNs;
        tombstoneLifetimeNs = newTombstoneLifetimeNs;
    }

    /** A connection has said who it is. */
    public void add(Producer producer) {
        producers.add(producer);
    }

    /** Its connection is over: nothing of it remains but the names of its topics and channels. */
    public void remove(Producer producer) {
        producers.remove(producer);
        for (Registration registration : List.copyOf(producer.registrations())) {
            topics.get(registration.topic()).unregister(producer);
        }
    }

    /** The producer has the topic, and the channel unless it is null. */
    public void register(Producer producer, TopicName topic, ChannelName channel) {
        Topic known = topics.computeIfAbsent(topic, Topic::new);
        if (channel == null) known.register(producer);
        else known.register(producer, channel);
    }

    /** The producer no longer has the channel or, when that is null, the topic. */
    public void unregister(Producer producer, TopicName topic, ChannelName channel) {
        Topic known = topics.get(topic);
        if (known == null) return;
        if (channel != null) {
            known.unregister(producer, channel);
            return;
        }
        known.unregister(producer);
        if (known.isAbandoned() && topic.isEphemeral()) topics.remove(topic);
    }

    /** Makes the topic known, though nobody has it yet. */
    public void create(TopicName topic) {
        topics.computeIfAbsent(topic, Topic::new);
    }

    /** Makes the channel and its topic known, though nobody has them yet. */
    public void create(TopicName topic, ChannelName channel) {
        topics.computeIfAbsent(topic, Topic::new).create(channel);
    }

    /** Forgets the topic, its channels and who has them. */
    public void delete(TopicName topic) {
        Topic known = topics.remove(topic);
        if (known == null) return;
        for (Registration registration : known.registrations()) {
            registration.producer().remove(topic);
        }
    }

    /** Forgets the channel and who has it; false when it is not known. */
    public boolean delete(TopicName topic, ChannelName channel) {
        Topic known = topics.get(topic);
        return known != null && known.delete(channel);
    }

    /** Hides the topic of a node, {@code <broadcast address>:<HTTP port>}, from lookups. */
    public void tombstone(TopicName topic, String node, long nowNs) {
        for (Registration registration : registrations(topic)) {
            if (registration.producer().identity().node().equals(node)) {
                registration.tombstone(nowNs);
            }
        }
    }

    /** All known topics, by name. */
    public Collection<TopicName> topics() {
        return Collections.unmodifiableSet(topics.keySet());
    }

    /** True when the topic is known, whether or not anybody has it. */
    public boolean knows(TopicName topic) {
        return topics.containsKey(topic);
    }

    /** All known channels of the topic, by name. */
    public Collection<ChannelName> channels(TopicName topic) {
        Topic known = topics.get(topic);
        return known == null ? List.of() : Collections.unmodifiableSet(known.channels().keySet());
    }

    /** Who has the channel. */
    public Collection<Producer> producers(TopicName topic, ChannelName channel) {
        Topic known = topics.get(topic);
        Set<Producer> found = known == null ? null : known.channels().get(channel);
        return found == null ? List.of() : Collections.unmodifiableSet(found);
    }

    /** Who has the topic, hidden or not. */
    public Collection<Registration> registrations(TopicName topic) {
        Topic known = topics.get(topic);
        return known == null
                ? List.of()
                : Collections.unmodifiableCollection(known.registrations());
    }

    /** Where a client is sent that wants the topic. */
    public List<Producer> lookup(TopicName topic, long nowNs) {
        List<Producer> found = new ArrayList<>();
        for (Registration registration : registrations(topic)) {
            Producer producer = registration.producer();
            if (isActive(producer, nowNs) && !isHidden(registration, nowNs)) found.add(producer);
        }
        return found;
    }

    /** Every connection that has said who it is. */
    public Collection<Producer> producers() {
        return Collections.unmodifiableSet(producers);
    }

    /** Those producers that have shown life of late. */
    public List<Producer> nodes(long nowNs) {
        List<Producer> active = new ArrayList<>();
        for (Producer producer : producers) {
            if (isActive(producer, nowNs)) active.add(producer);
        }
        return active;
    }

    /** True while a tombstone keeps the registration out of lookups. */
    public boolean isHidden(Registration registration, long nowNs) {
        return registration.isHidden(nowNs, tombstoneLifetimeNs);
    }

    private boolean isActive(Producer producer, long nowNs) {
        return producer.isActive(nowNs, inactiveTimeoutNs);
    }
}
