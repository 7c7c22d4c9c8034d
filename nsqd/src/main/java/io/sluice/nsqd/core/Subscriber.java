package io.sluice.nsqd.core;

import io.sluice.protocol.MessageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A consumer of a channel: how many messages it is ready for, and which it has. */
final class Subscriber {
    private final Session session;
    private final Outbox outbox;
    private final Nearness nearness;
    private final boolean passing;
    private final Map<MessageId, Delivery> inFlight = new HashMap<>();
    private int ready;
    private boolean closing;
    private long messageCount;
    private long finishCount;
    private long requeueCount;

    /** Whether it stands in its channel's line of those who may take a message. */
    boolean inLine;

    Subscriber(Session session, Outbox outbox, Nearness nearness) {
        this(session, outbox, nearness, false);
    }

    private Subscriber(Session session, Outbox outbox, Nearness nearness, boolean passing) {
        this.session = session;
        this.outbox = outbox;
        this.nearness = nearness;
        this.passing = passing;
    }

    /** One for which a channel does not live, and without which it does not end. */
    static Subscriber passing(Session session, Outbox outbox) {
        return new Subscriber(session, outbox, Nearness.GLOBAL, true);
    }

    boolean isPassing() {
        return passing;
    }

    ClientSettings settings() {
        return session.settings();
    }

    Nearness nearness() {
        return nearness;
    }

    /** RDY is a ceiling on what is in flight, not a credit that is used up. */
    boolean canTake() {
        return inFlight.size() < ready && outbox.hasRoom();
    }

    /** What the consumer asks for counts until it says CLS. */
    void ready(int count) {
        if (!closing) ready = count;
    }

    void startClosing() {
        ready = 0;
        closing = true;
    }

    /**
     * Whether this consumer's sample rate lets it have the message: (rate + 1) in 100 do, as in
     * NSQ. Drawn from what is known, so that a simulation repeats it, and so that a message which
     * it was sent once is not left out when it is sent again.
     */
    boolean samples(Delivery delivery) {
        int rate = settings().sampleRate();
        if (rate == 0) return true;
        int drawn = delivery.id().hashCode() ^ Long.hashCode(settings().connection()) * 0x9E3779B9;
        return Integer.remainderUnsigned(drawn * 0x85EBCA6B >>> 8, 100) <= rate;
    }

    void send(Delivery delivery, long nowNs) {
        delivery.sendTo(this, nowNs);
        inFlight.put(delivery.id(), delivery);
        messageCount++;
        outbox.push(delivery);
    }

    /** Takes a delivery back; null when it is not in flight here. */
    Delivery take(MessageId id) {
        return inFlight.remove(id);
    }

    Delivery find(MessageId id) {
        return inFlight.get(id);
    }

    /** Takes all deliveries back, in the order of their publication. */
    List<Delivery> takeAll() {
        List<Delivery> all = sorted();
        inFlight.clear();
        return all;
    }

    private List<Delivery> sorted() {
        List<Delivery> all = new ArrayList<>(inFlight.values());
        all.sort(
                Comparator.comparing(Delivery::timestampNs)
                        .thenComparing(d -> d.id().high())
                        .thenComparing(d -> d.id().low()));
        return all;
    }

    /** Of the deliveries whose messages are in the log, in the order of their publication. */
    void collectRefs(List<LogEntry.Ref> to) {
        for (Delivery delivery : sorted()) {
            if (delivery.publication().isLogged()) to.add(delivery.ref(0));
        }
    }

    void countFinish() {
        finishCount++;
    }

    void countRequeue() {
        requeueCount++;
    }

    void disconnect() {
        outbox.close();
    }

    int inFlightCount() {
        return inFlight.size();
    }

    ClientStats stats() {
        int state = closing ? ClientStats.CLOSING : ClientStats.SUBSCRIBED;
        return new ClientStats(
                settings(),
                state,
                ready,
                inFlight.size(),
                messageCount,
                finishCount,
                requeueCount,
                session.publishCounts());
    }
}
