package io.sluice.nsqd.core;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import java.util.List;

/**
 * A queue of its own copy of every message of a topic. Each message goes to one of the channel's
 * subscribers, again and again, until one of them finishes it:
 *
 * <pre>
 *            put ──► queued ──► in flight ──► finished
 *             │        ▲ ▲          │ │
 *             │        │ └──────────┘ │  REQ 0, timeout, consumer gone
 *             └──► deferred ◄─────────┘  REQ n
 * </pre>
 *
 * As an entry of a {@link DeadlineQueue} it is due when one of its messages is, or earlier.
 */
final class Channel extends DeadlineQueue.Entry {
    private final ChannelName name;
    private final BrokerSettings settings;
    private final DeadlineQueue<Channel> alarms;
    private final TopicStore store;
    private final ChannelJournal journal;
    private final Waiting waiting;
    private final MessageQueue queued;
    private final Deferrals deferred;
    private final DeadlineQueue<Delivery> inFlight = new DeadlineQueue<>();
    private final Consumers consumers = new Consumers();
    private final ChannelCounts counts;
    private boolean paused;

    Channel(
            ChannelName name,
            BrokerSettings settings,
            TopicStore store,
            DeadlineQueue<Channel> alarms) {
        this.name = name;
        this.settings = settings;
        this.store = store;
        this.alarms = alarms;
        this.counts = new ChannelCounts(settings.latencies().get());
        this.journal = new ChannelJournal(store, name);
        this.waiting = new Waiting(store, journal, counts, this);
        this.queued = waiting.queued();
        this.deferred = waiting.deferred();
    }

    ChannelName name() {
        return name;
    }

    Waiting waiting() {
        return waiting;
    }

    ChannelCounts counts() {
        return counts;
    }

    boolean isPaused() {
        return paused;
    }

    /**
     * Takes a message in; {@link #dispatch} sends it. If memory has no room for it, it must be in
     * the log. An ephemeral channel that is full drops and counts what nobody takes at that
     * instant.
     */
    void put(Publication publication, long nowNs) {
        counts.messages++;
        if (name.isEphemeral() && !waiting.isBehind()) putOrDrop(publication, nowNs);
        else waiting.put(publication, nowNs);
        wakeBy(deferred.nextDueNs());
    }

    private void putOrDrop(Publication publication, long nowNs) {
        Delivery delivery = waiting.take(publication, 0);
        waiting.add(delivery, publication.dueNs(), nowNs);
        if (!waiting.isOverfull()) return;
        dispatch(nowNs);
        if (waiting.isOverfull() && delivery.attempts() == 0) waiting.dropNewest(delivery);
    }

    /** What a topic held back is for this channel too, whether or not memory has room for it. */
    void takeOver(Backlog backlog, long nowNs) {
        if (name.isEphemeral() && !waiting.isBehind()) {
            for (Publication publication : backlog.inMemory()) put(publication, nowNs);
            counts.messages += backlog.onDisk();
            waiting.takeOverLogged(backlog);
        } else {
            counts.messages += backlog.size();
            waiting.takeOver(backlog, nowNs);
        }
        wakeBy(deferred.nextDueNs());
    }

    void trim(long nowNs) {
        deferred.trim();
        dispatch(nowNs);
    }

    /** Sends queued messages for as long as a subscriber can take one, each in its turn. */
    void dispatch(long nowNs) {
        do {
            if (paused) queued.trim(nowNs);
            else send(nowNs);
        } while (queued.fill(nowNs));
        deferred.makeRoom();
        wakeBy(Math.min(deferred.nextDueNs(), queued.expiresNs()));
    }

    private void send(long nowNs) {
        Subscriber next;
        while (queued.hasNext(nowNs) && (next = consumers.next()) != null) {
            Delivery delivery = queued.remove();
            if (next.samples(delivery)) {
                send(delivery, next, nowNs);
            } else {
                counts.sampledOut++;
                waiting.done(delivery);
            }
        }
    }

    void send(Delivery delivery, Subscriber to, long nowNs) {
        long timeoutNs = to.settings().msgTimeoutMs() * 1_000_000L;
        inFlight.add(delivery, nowNs + timeoutNs);
        wakeBy(nowNs + timeoutNs);
        counts.delivered(to.nearness());
        to.send(delivery, nowNs);
    }

    void subscribe(Subscriber subscriber) throws Refused {
        consumers.add(subscriber, settings.maxChannelConsumers());
    }

    /** A consumer is gone: what it had is for the others, at once. */
    void unsubscribe(Subscriber subscriber, long nowNs) {
        if (!consumers.remove(subscriber)) return;
        for (Delivery delivery : subscriber.takeAll()) {
            inFlight.remove(delivery);
            queueAgain(delivery);
        }
        dispatch(nowNs);
    }

    /** An ephemeral channel is deleted when its last consumer is gone. */
    boolean isAbandoned() {
        return name.isEphemeral() && consumers.haveLeft();
    }

    void ready(Subscriber subscriber, int count, long nowNs) {
        subscriber.ready(count);
        wake(subscriber, nowNs);
    }

    /** It may have got room for a message. */
    void wake(Subscriber subscriber, long nowNs) {
        consumers.wake(subscriber);
        dispatch(nowNs);
    }

    void finish(Subscriber by, MessageId id, long nowNs) throws Refused {
        Delivery delivery = take(by, id);
        counts.latencies.add(nowNs - delivery.timestampNs(), nowNs);
        waiting.done(delivery);
        by.countFinish();
        wake(by, nowNs);
    }

    /** REQ: in flight to queued, or to deferred when there is a delay. */
    void requeue(Subscriber by, MessageId id, long delayNs, long nowNs) throws Refused {
        Delivery delivery = take(by, id);
        counts.requeues++;
        by.countRequeue();
        if (delayNs == 0) {
            queueAgain(delivery);
        } else {
            journal.requeued(delivery, nowNs + delayNs);
            delivery.publication().standAlone();
            deferred.add(delivery, nowNs + delayNs);
            wakeBy(deferred.nextDueNs());
        }
        wake(by, nowNs);
    }

    private Delivery take(Subscriber by, MessageId id) throws Refused {
        Delivery delivery = by.take(id);
        if (delivery == null) throw notInFlight(id);
        inFlight.remove(delivery);
        return delivery;
    }

    /** TOUCH: the timeout starts anew, within the most a message may be in flight. */
    void touch(Subscriber by, MessageId id, long nowNs) throws Refused {
        Delivery delivery = by.find(id);
        if (delivery == null) throw notInFlight(id);
        long lastNs = delivery.sentNs() + settings.maxMsgTimeoutNs();
        long dueNs = Math.min(nowNs + by.settings().msgTimeoutMs() * 1_000_000L, lastNs);
        inFlight.move(delivery, dueNs);
        wakeBy(dueNs);
    }

    private Refused notInFlight(MessageId id) {
        return new Refused(consumers.has(id) ? "client does not own message" : "ID not in flight");
    }

    void queueAgain(Delivery delivery) {
        journal.requeued(delivery, 0);
        delivery.publication().standAlone();
        queued.add(delivery);
    }

    /** Requeues what has timed out and what is no longer deferred. */
    void tick(long nowNs) {
        Delivery delivery;
        while ((delivery = inFlight.poll(nowNs)) != null) {
            Subscriber late = delivery.subscriber();
            late.take(delivery.id());
            counts.timeouts++;
            queueAgain(delivery);
            wake(late, nowNs);
        }
        waiting.tick(nowNs);
        dispatch(nowNs);
        wakeBy(Math.min(inFlight.nextDueNs(), deferred.nextDueNs()));
    }

    /** Sees to it that tick() is called by then. An alarm that comes too early does no harm. */
    private void wakeBy(long dueNs) {
        if (dueNs == Long.MAX_VALUE) return;
        if (!waits()) alarms.add(this, dueNs);
        else if (dueNs < dueNs()) alarms.move(this, dueNs);
    }

    void pause() {
        paused = true;
    }

    void unpause(long nowNs) {
        paused = false;
        dispatch(nowNs);
    }

    /** Drops everything: queued, deferred and in flight. Subscribers stay, and can take again. */
    void empty(long nowNs) {
        clear();
        if (!name.isEphemeral()) store.record(new LogEntry.ChannelEmptied(name));
        for (Subscriber subscriber : consumers.toList()) {
            subscriber.takeAll();
            wake(subscriber, nowNs);
        }
    }

    private void clear() {
        journal.forget();
        waiting.clear();
        inFlight.forEach(waiting::drop);
        inFlight.clear();
    }

    /** The channel is being deleted: everybody goes. */
    void close() {
        clear();
        if (waits()) alarms.remove(this);
        consumers.close();
    }

    /** What the log needs to know of this channel; of messages that are in the log. */
    LogEntry.ChannelState state() {
        return waiting.state(this, consumers.refs());
    }

    /** Goes on where the log's state says. */
    void restore(LogEntry.ChannelState state, boolean isPaused, long nowNs) {
        paused = isPaused;
        waiting.restore(state);
        wakeBy(deferred.nextDueNs());
        dispatch(nowNs);
    }

    /** Shows messages, which stay where and as they are. */
    void peek(Peek peek) {
        peek.look(queued, inFlight, deferred);
    }

    /** Puts into the log what is in memory only. */
    void keep() {
        inFlight.forEach(delivery -> store.keep(delivery.publication()));
        waiting.keep();
    }

    ChannelStats stats(boolean withClients, LatencyStats latency) {
        List<ClientStats> clients = withClients ? consumers.stats() : null;
        return ChannelStats.of(this, waiting, inFlight, consumers, clients, latency);
    }
}
