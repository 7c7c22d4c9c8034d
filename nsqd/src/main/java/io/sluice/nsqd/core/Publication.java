package io.sluice.nsqd.core;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.MessageId;

/** What was published, once, however many channels it goes to. */
final class Publication implements Queued {
    /** The lsn of what is in memory only. */
    static final long UNLOGGED = -1;

    // The two halves of its id.
    private final long idHigh;
    private final long idLow;
    private final long timestampNs;
    private final long dueNs;
    private Bytes body;
    private long lsn = UNLOGGED;

    /** How many have it in memory; kept by {@link MemoryBudget}. */
    int holders;

    /**
     * @param guid of the message id
     * @param timestampNs when it was accepted
     * @param dueNs when it may be delivered; not later than {@code timestampNs} when at once
     */
    Publication(long guid, long timestampNs, long dueNs, Bytes body) {
        this(MessageId.highOf(guid), MessageId.lowOf(guid), timestampNs, dueNs, body);
    }

    private Publication(long idHigh, long idLow, long timestampNs, long dueNs, Bytes body) {
        this.idHigh = idHigh;
        this.idLow = idLow;
        this.timestampNs = timestampNs;
        this.dueNs = dueNs;
        this.body = body;
    }

    /** A message as it was read from the log. */
    static Publication of(LogEntry.Message message, long lsn) {
        MessageId id = message.id();
        Publication read =
                new Publication(
                        id.high(),
                        id.low(),
                        message.timestampNs(),
                        message.dueNs(),
                        message.body());
        read.lsn = lsn;
        return read;
    }

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

    MessageId id() {
        return new MessageId(idHigh, idLow);
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

    /** It may stay for long while those that came with it go. */
    void standAlone() {
        body = body.alone();
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
        lsn = log.append(new LogEntry.Message(reach, id(), timestampNs, dueNs, body));
    }
}
