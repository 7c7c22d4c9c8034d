package io.sluice.nsqd.core;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.HeldBytes;
import io.sluice.protocol.MessageId;

/**
 * What was published, once, however many channels it goes to. Small, for there may be millions of
 * them: what only some have is in a class of its own.
 */
abstract sealed class Publication extends HeldBytes implements Queued {
    /** The lsn of what is in memory only. */
    static final long UNLOGGED = -1;

    private final long timestampNs;
    private long lsn = UNLOGGED;

    /** How many have it in memory; kept by {@link MemoryBudget}. */
    int holders;

    private Publication(long timestampNs, Bytes body) {
        super(body);
        this.timestampNs = timestampNs;
    }

    /**
     * A message that has just come.
     *
     * @param guid of the message id
     * @param timestampNs when it was accepted
     * @param dueNs when it may be delivered; not later than {@code timestampNs} when at once
     */
    static Publication of(long guid, long timestampNs, long dueNs, Bytes body) {
        if (dueNs <= timestampNs) return new Plain(guid, timestampNs, body);
        return new Other(MessageId.ofGuid(guid), timestampNs, dueNs, body);
    }

    /** A message as it was read from the log. */
    static Publication of(LogEntry.Message m, long lsn) {
        Publication read = new Other(m.id(), m.timestampNs(), m.dueNs(), m.body());
        read.lsn = lsn;
        return read;
    }

    /** One of ours that is not deferred. */
    private static final class Plain extends Publication {
        private final long guid;

        private Plain(long guid, long timestampNs, Bytes body) {
            super(timestampNs, body);
            this.guid = guid;
        }

        @Override
        MessageId id() {
            return MessageId.ofGuid(guid);
        }

        @Override
        long dueNs() {
            return timestampNs();
        }
    }

    /** One that is deferred, or whose id another daemon may have made. */
    private static final class Other extends Publication {
        private final MessageId id;
        private final long dueNs;

        private Other(MessageId id, long timestampNs, long dueNs, Bytes body) {
            super(timestampNs, body);
            this.id = id;
            this.dueNs = dueNs;
        }

        @Override
        MessageId id() {
            return id;
        }

        @Override
        long dueNs() {
            return dueNs;
        }
    }

    abstract MessageId id();

    /** When it may be delivered; not later than {@link #timestampNs} when at once. */
    abstract long dueNs();

    @Override
    public Publication publication() {
        return this;
    }

    @Override
    public int attempts() {
        return 0;
    }

    @Override
    public Delivery delivery() {
        return new Delivery(this, 0);
    }

    long timestampNs() {
        return timestampNs;
    }

    /** It may stay for long while those that came with it go. */
    void standAlone() {
        holdAlone();
    }

    /** Somebody may have it later who does not say so now: the array of its body stays its own. */
    void keepBody() {
        bytes();
    }

    /** True when nobody but this message has anything of the array of its body, a long one. */
    boolean isReusable() {
        return isSole();
    }

    /** The array of the body, for other messages, or null. This one has no body from then on. */
    byte[] letGoOfBody() {
        return letGo();
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
        lsn = log.append(new LogEntry.Message(reach, id(), timestampNs, dueNs(), lent()));
    }
}
