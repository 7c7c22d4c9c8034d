package io.sluice.nsqd.core;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.MessageId;
import java.nio.ByteBuffer;

/** One message in one channel: deferred, in flight to a subscriber, or queued again. */
public final class Delivery extends DeadlineQueue.Entry implements Queued {
    private final Publication publication;
    private final MessageId id;
    private int attempts;
    private Subscriber subscriber;
    private long sentNs;

    Delivery(Publication publication, int attempts) {
        this.publication = publication;
        this.id = publication.id();
        this.attempts = attempts;
    }

    @Override
    public Publication publication() {
        return publication;
    }

    @Override
    public Delivery delivery() {
        return this;
    }

    /** The same in every channel. */
    public MessageId id() {
        return id;
    }

    /** When it was published, nanoseconds since the epoch. */
    public long timestampNs() {
        return publication.timestampNs();
    }

    /** The message itself, for anybody to keep. */
    public Bytes body() {
        return publication.bytes();
    }

    /** Bytes of the message itself. */
    public int bodyLength() {
        return publication.byteCount();
    }

    /** Appends the message itself. */
    public void putBodyTo(ByteBuffer out) {
        publication.putTo(out);
    }

    /** How often it has been sent in this channel; stays at 65535, the most the wire can say. */
    @Override
    public int attempts() {
        return attempts;
    }

    long sentNs() {
        return sentNs;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    void sendTo(Subscriber subscriber, long nowNs) {
        this.subscriber = subscriber;
        sentNs = nowNs;
        if (attempts < 0xffff) attempts++;
    }

    /** What the log needs to know to deliver it again, at {@code dueNs}; 0 for at once. */
    LogEntry.Ref ref(long dueNs) {
        return new LogEntry.Ref(publication.lsn(), attempts, dueNs);
    }
}
