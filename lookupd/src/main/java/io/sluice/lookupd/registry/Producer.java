package io.sluice.lookupd.registry;

import io.sluice.protocol.TopicName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A queue daemon as one of its connections shows it. Two connections are two producers, whatever
 * they say of themselves: so the end of an old one cannot take away what a new one has registered.
 */
public final class Producer {
    private final String remoteAddress;
    private final Identity identity;
    private final Map<TopicName, Registration> registrations = new TreeMap<>();
    private long lastUpdateNs;
    private long revision;
    private boolean tombstoned;

    /** A daemon that has just said who it is. */
    public Producer(String remoteAddress, Identity identity, long nowNs) {
        this.remoteAddress = remoteAddress;
        this.identity = identity;
        this.lastUpdateNs = nowNs;
    }

    /** The socket it came from, as {@code host:port}. */
    public String remoteAddress() {
        return remoteAddress;
    }

    /** What it said of itself. */
    public Identity identity() {
        return identity;
    }

    /** When it last said who it is, or that it is alive. */
    public long lastUpdateNs() {
        return lastUpdateNs;
    }

    /** It is alive. */
    public void ping(long nowNs) {
        lastUpdateNs = nowNs;
    }

    /** Its topics, by name. */
    public Collection<Registration> registrations() {
        return Collections.unmodifiableCollection(registrations.values());
    }

    /** Another number whenever it has other topics than before. */
    public long revision() {
        return revision;
    }

    /** True when one of its topics was ever hidden, even if that has lapsed. */
    public boolean wasTombstoned() {
        return tombstoned;
    }

    void tombstoned() {
        tombstoned = true;
    }

    Registration registration(TopicName topic) {
        return registrations.get(topic);
    }

    void add(Registration registration) {
        registrations.put(registration.topic(), registration);
        revision++;
    }

    void remove(TopicName topic) {
        registrations.remove(topic);
        revision++;
    }

    /** True when the last sign of life is at most {@code timeoutNs} old. */
    boolean isActive(long nowNs, long timeoutNs) {
        return nowNs - lastUpdateNs <= timeoutNs;
    }
}
