package io.sluice.lookupd.registry;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.HashSet;
import java.util.Set;

/** One producer's having one topic, with those of its channels that it has. */
public final class Registration {
    private final Producer producer;
    private final TopicName topic;
    private final Set<ChannelName> channels = new HashSet<>();
    private boolean tombstoned;
    private long tombstonedAtNs;

    Registration(Producer producer, TopicName topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** Who has it. */
    public Producer producer() {
        return producer;
    }

    /** What it has. */
    public TopicName topic() {
        return topic;
    }

    Set<ChannelName> channels() {
        return channels;
    }

    /** Hides it from lookups until the lifetime of tombstones is over. */
    void tombstone(long nowNs) {
        tombstoned = true;
        tombstonedAtNs = nowNs;
        producer.tombstoned();
    }

    /** True when it was ever hidden, even if that has lapsed. */
    public boolean isTombstoned() {
        return tombstoned;
    }

    /** When it was hidden; 0 when it never was. */
    public long tombstonedAtNs() {
        return tombstonedAtNs;
    }

    boolean isHidden(long nowNs, long lifetimeNs) {
        return tombstoned && nowNs - tombstonedAtNs < lifetimeNs;
    }
}
