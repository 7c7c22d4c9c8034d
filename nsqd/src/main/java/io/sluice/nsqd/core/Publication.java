package io.sluice.nsqd.core;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.MessageId;

/** What was published, once, however many channels it goes to. */
final class Publication {
    /** The lsn of what is in memory only. */
    static final long UNLOGGED = -1;

    private final MessageId id;
    private final long timestampNs;
    private final long dueNs;
    private final Bytes body;
    private long lsn = UNLOGGED;

    /** How many have it in memory; kept by {@link MemoryBudget}. */
    int holders;

    /**
     * @param timestampNs when it was accepted
     * @param dueNs when it may be delivered; not later than {@code timestampNs} when at once
     */
    Publication(MessageId id, long timestampNs, long dueNs, Bytes body) {
        this.id = id;
        this.timestampNs = timestampNs;
        this.dueNs = dueNs;
        this.body = body;
    }

    /** A message as it was read from the log. */
    static Publication of(LogEntry.Message message, long lsn) {
        Publication read =
                new Publication(
                        message.id(), message.timestampNs(), message.dueNs(), message.body());
        read.lsn = lsn;
        return read;
    }

    MessageId id() {
        return id;
    }

    long timestampNs() {
        return timestampNs;
    }

    long dueNs() {
        return dueNs;
    }

    Bytes body() {
        return body;
    }

    long lsn() {
        return lsn;
    }

    boolean isLogged() {
        return lsn != UNLOGGED;
    }

    /** True for one that was logged before this lsn. */
    boolean isBefore(long until) {
        return isLogged() && lsn < until;
    }

    void appendTo(TopicLog log, LogEntry.Reach reach) {
        lsn = log.append(new LogEntry.Message(reach, id, timestampNs, dueNs, body));
    }
}
