package io.sluice.nsqd.core;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

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
    private final Deque<Delivery> queued = new ArrayDeque<>();
    private final DeadlineQueue<Delivery> deferred = new DeadlineQueue<>();
    private final DeadlineQueue<Delivery> inFlight = new DeadlineQueue<>();
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();

    /** Subscribers that may be able to take a message; the next one first. */
    private final Queue<Subscriber> line = new ArrayDeque<>();

    private boolean paused;
    private long messageCount;
    private long requeueCount;
    private long timeoutCount;
    private long deliveryCount;
    private long droppedCount;
    private long sampledOutCount;

    Channel(ChannelName name, BrokerSettings settings, DeadlineQueue<Channel> alarms) {
        this.name = name;
        this.settings = settings;
        this.alarms = alarms;
    }

    ChannelName name() {
        return name;
    }

    /** How many more messages may come; never below 0. */
    int room() {
        return Math.max(0, settings.memQueueSize() - held());
    }

    /** Messages that wait here, deferred ones too: what the limit counts. */
    int held() {
        return queued.size() + deferred.size();
    }

    /**
     * Takes a message in; {@link #dispatch} sends it. Whether there is room is for the topic to
     * ask; an ephemeral channel that is full drops and counts what nobody takes at that instant.
     */
    void put(Publication publication, long nowNs) {
        messageCount++;
        Delivery delivery = new Delivery(publication);
        boolean due = publication.dueNs() <= nowNs;
        if (due) queued.add(delivery);
        else defer(delivery, publication.dueNs());
        if (!name.isEphemeral() || !isOverfull()) return;
        dispatch(nowNs);
        if (!isOverfull() || delivery.attempts() > 0) return;
        if (due) queued.removeLast();
        else deferred.remove(delivery);
        droppedCount++;
    }

    private boolean isOverfull() {
        return held() > settings.memQueueSize();
    }

    /** Sends queued messages for as long as a subscriber can take one, each in its turn. */
    void dispatch(long nowNs) {
        if (paused) return;
        Subscriber next;
        while (!queued.isEmpty() && (next = line.poll()) != null) {
            if (next.canTake()) {
                line.add(next);
                Delivery delivery = queued.remove();
                if (next.samples(delivery)) send(delivery, next, nowNs);
                else sampledOutCount++;
            } else {
                next.inLine = false;
            }
        }
    }

    private void send(Delivery delivery, Subscriber to, long nowNs) {
        long timeoutNs = to.settings().msgTimeoutMs() * 1_000_000L;
        inFlight.add(delivery, nowNs + timeoutNs);
        wakeBy(nowNs + timeoutNs);
        deliveryCount++;
        to.send(delivery, nowNs);
    }

    void subscribe(Subscriber subscriber) throws Refused {
        int max = settings.maxChannelConsumers();
        if (max > 0 && subscribers.size() >= max) throw new Refused("exceeds limit of " + max);
        subscribers.add(subscriber);
    }

    /** A consumer is gone: what it had is for the others, at once. */
    void unsubscribe(Subscriber subscriber, long nowNs) {
        if (!subscribers.remove(subscriber)) return;
        if (subscriber.inLine) line.remove(subscriber);
        for (Delivery delivery : subscriber.takeAll()) {
            inFlight.remove(delivery);
            queued.add(delivery);
        }
        dispatch(nowNs);
    }

    boolean hasSubscribers() {
        return !subscribers.isEmpty();
    }

    void ready(Subscriber subscriber, int count, long nowNs) {
        subscriber.ready(count);
        wake(subscriber, nowNs);
    }

    /** The subscriber may have got room for a message. */
    void wake(Subscriber subscriber, long nowNs) {
        if (!subscriber.inLine && subscriber.canTake() && subscribers.contains(subscriber)) {
            subscriber.inLine = true;
            line.add(subscriber);
        }
        dispatch(nowNs);
    }

    void finish(Subscriber by, MessageId id, long nowNs) throws Refused {
        take(by, id);
        by.countFinish();
        wake(by, nowNs);
    }

    /** REQ: in flight to queued, or to deferred when there is a delay. */
    void requeue(Subscriber by, MessageId id, long delayNs, long nowNs) throws Refused {
        Delivery delivery = take(by, id);
        requeueCount++;
        by.countRequeue();
        if (delayNs == 0) queued.add(delivery);
        else defer(delivery, nowNs + delayNs);
        wake(by, nowNs);
    }

    private Delivery take(Subscriber by, MessageId id) throws Refused {
        Delivery delivery = by.take(id);
        if (delivery == null) throw notInFlight(id);
        inFlight.remove(delivery);
        return delivery;
    }

    /** TOUCH: the timeout starts anew, within what a message may be in flight in all. */
    void touch(Subscriber by, MessageId id, long nowNs) throws Refused {
        Delivery delivery = by.find(id);
        if (delivery == null) throw notInFlight(id);
        long lastNs = delivery.sentNs() + settings.maxMsgTimeoutNs();
        long dueNs = Math.min(nowNs + by.settings().msgTimeoutMs() * 1_000_000L, lastNs);
        inFlight.move(delivery, dueNs);
        wakeBy(dueNs);
    }

    private Refused notInFlight(MessageId id) {
        boolean elsewhere = subscribers.stream().anyMatch(s -> s.find(id) != null);
        return new Refused(elsewhere ? "client does not own message" : "ID not in flight");
    }

    private void defer(Delivery delivery, long dueNs) {
        deferred.add(delivery, dueNs);
        wakeBy(dueNs);
    }

    /** Requeues what has timed out and what is no longer deferred. */
    void tick(long nowNs) {
        Delivery delivery;
        while ((delivery = inFlight.poll(nowNs)) != null) {
            Subscriber late = delivery.subscriber();
            late.take(delivery.id());
            timeoutCount++;
            queued.add(delivery);
            wake(late, nowNs);
        }
        while ((delivery = deferred.poll(nowNs)) != null) queued.add(delivery);
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
        queued.clear();
        deferred.clear();
        inFlight.clear();
        for (Subscriber subscriber : subscribers) {
            subscriber.takeAll();
            wake(subscriber, nowNs);
        }
    }

    /** The channel is being deleted: everybody goes. */
    void close() {
        queued.clear();
        deferred.clear();
        inFlight.clear();
        line.clear();
        if (waits()) alarms.remove(this);
        List<Subscriber> all = new ArrayList<>(subscribers);
        subscribers.clear();
        for (Subscriber subscriber : all) {
            subscriber.takeAll();
            subscriber.disconnect();
        }
    }

    ChannelStats stats(boolean withClients) {
        return new ChannelStats(
                name,
                queued.size(),
                inFlight.size(),
                deferred.size(),
                messageCount,
                requeueCount,
                timeoutCount,
                deliveryCount,
                droppedCount,
                sampledOutCount,
                paused,
                subscribers.size(),
                withClients ? subscribers.stream().map(Subscriber::stats).toList() : null);
    }
}
