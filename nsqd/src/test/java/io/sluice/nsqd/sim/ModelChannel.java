package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold for a channel, kept in the plainest way. Which consumer gets a message is the
 * core's choice: the model takes it from the pushes it has seen, in their order, and says whether
 * each may be. That a push must come, and when, it knows by itself.
 */
final class ModelChannel {
    final ModelTopic topic;
    final ChannelName name;
    final Map<Integer, Copy> copies = new HashMap<>();
    final Deque<Copy> queued = new ArrayDeque<>();
    final List<Copy> deferred = new ArrayList<>();
    final List<Copy> inFlight = new ArrayList<>();
    final List<ModelConsumer> consumers = new ArrayList<>();

    /** Ids that were ever in flight here. */
    final List<MessageId> ids = new ArrayList<>();

    /** Pushes of the core that the model has not accounted for yet. */
    final Deque<Push> seen = new ArrayDeque<>();

    boolean paused;
    long messageCount;
    long requeueCount;
    long timeoutCount;
    long deliveryCount;
    long droppedCount;
    long finishCount;
    private long ranks;

    /** Messages in the log only, when it was last looked at. */
    long onDisk;

    /** True when some have been in the log only since the queue was empty. */
    boolean overflowed;

    /** True when, ephemeral as it is, it has got messages out of a topic's log. */
    boolean readsLog;

    private long newDrops;

    ModelChannel(ModelTopic topic, ChannelName name) {
        this.topic = topic;
        this.name = name;
    }

    /** How many it has dropped by now, of which the model can't know for want of what is where. */
    void observeDrops(long newDroppedCount) {
        newDrops = newDroppedCount - droppedCount;
    }

    /** What is in the log only, which it can't know by itself. */
    void observe(long newOnDisk) {
        if (newOnDisk > 0 && onDisk == 0) topic.count(Happening.FELL_BEHIND);
        if (newOnDisk == 0 && onDisk > 0) topic.count(Happening.CAUGHT_UP);
        onDisk = newOnDisk;
        if (onDisk > 0) overflowed = true;
    }

    int held() {
        return queued.size() + deferred.size();
    }

    void put(Published message, long nowNs) {
        putOrDrop(add(message, nowNs), nowNs);
    }

    private void putOrDrop(Copy copy, long nowNs) {
        dispatch(nowNs);
        if (!name.isEphemeral() || copy.state == Copy.State.IN_FLIGHT) return;
        if (held() <= topic.limit() || readsLog && newDrops == 0) return;
        newDrops--;
        queued.remove(copy);
        deferred.remove(copy);
        copy.state = Copy.State.DROPPED;
        droppedCount++;
        topic.count(Happening.DROPPED_BY_CHANNEL);
    }

    private Copy add(Published message, long nowNs) {
        messageCount++;
        Copy copy = new Copy(message);
        copies.put(message.number(), copy);
        if (message.dueNs() > nowNs) defer(copy, message.dueNs());
        else queue(copy, ++ranks);
        return copy;
    }

    /**
     * Takes over what the topic held back.
     *
     * @param logged true when it is in the log only: there an ephemeral channel has room, too
     */
    void takeOver(Published message, boolean logged, long nowNs) {
        Copy copy = add(message, nowNs);
        copy.heldBack = true;
        if (!name.isEphemeral()) return;
        readsLog |= logged;
        if (!logged) putOrDrop(copy, nowNs);
    }

    private void queue(Copy copy, long rank) {
        copy.state = Copy.State.QUEUED;
        copy.rank = rank;
        queued.add(copy);
    }

    private void defer(Copy copy, long dueNs) {
        copy.state = Copy.State.DEFERRED;
        copy.dueNs = dueNs;
        deferred.add(copy);
    }

    /** For as long as somebody can take a message, one must have been pushed. */
    void dispatch(long nowNs) {
        while (!paused && !queued.isEmpty()) {
            ModelConsumer able = able();
            if (able == null) return;
            Push push = seen.poll();
            if (push == null) {
                throw broken("%s: %s waits, %s is ready: no push", this, queued.peek(), able);
            }
            deliver(push, nowNs);
        }
    }

    private ModelConsumer able() {
        for (ModelConsumer consumer : consumers) if (consumer.canTake()) return consumer;
        return null;
    }

    /** Nothing may have been pushed but what had to be. */
    void settle(long nowNs) {
        Push push = seen.poll();
        if (push == null) return;
        deliver(push, nowNs);
        throw broken("%s: nobody expected %s", this, push);
    }

    private void deliver(Push push, long nowNs) {
        ModelConsumer to = push.to();
        if (!consumers.contains(to)) throw broken("%s: %s, who is no consumer", this, push);
        if (paused) throw broken("%s: %s while paused", this, push);
        if (to.inFlight.size() >= to.ready) throw broken("%s: %s beyond RDY", this, push);
        if (to.room <= 0) throw broken("%s: %s without room", this, push);
        Copy copy = copies.get(push.number());
        if (copy == null) throw broken("%s: %s never came here", this, push);
        if (copy.heldBack && deferred.contains(copy) && copy.dueNs <= nowNs) arrive(copy);
        if (copy.state != Copy.State.QUEUED) throw broken("%s: %s is %s", this, push, copy.state);
        if (isOvertaking(copy)) throw broken("%s: %s before %s", this, push, queued.peek());
        if (copy.isEarly(nowNs)) throw broken("%s: %s before it is due", this, push);
        if (push.attempts() != copy.attempts + 1) {
            throw broken("%s: %s after %d attempts", this, push, copy.attempts);
        }
        if (push.timestampNs() != copy.message.timestampNs()) {
            throw broken("%s: %s of another time", this, push);
        }
        topic.identify(copy.message, push.id());
        send(copy, push, nowNs);
    }

    /** It was due when it was read from the log. */
    private void arrive(Copy copy) {
        deferred.remove(copy);
        queue(copy, ++ranks);
    }

    /** While some wait in the log, those that come again are before them, and new ones behind. */
    private boolean isOvertaking(Copy copy) {
        if (!overflowed) return !copy.hasNoPlace() && copy.rank != Copy.head(queued).rank;
        if (!copy.isFresh()) return false;
        for (Copy other : queued) if (other.isFresh()) return other != copy;
        return false;
    }

    private void send(Copy copy, Push push, long nowNs) {
        ModelConsumer to = push.to();
        if (copy.id == null) ids.add(push.id());
        copy.id = push.id();
        queued.remove(copy);
        if (queued.isEmpty() && onDisk == 0) overflowed = false;
        copy.state = Copy.State.IN_FLIGHT;
        copy.attempts++;
        copy.holder = to;
        copy.sentNs = nowNs;
        copy.dueNs = nowNs + to.msgTimeoutNs;
        inFlight.add(copy);
        to.inFlight.add(copy);
        to.room--;
        to.messageCount++;
        deliveryCount++;
        topic.count(copy.attempts == 1 ? Happening.PUSHED : Happening.PUSHED_AGAIN);
    }

    /** Null when none is in flight under this id. */
    Copy inFlight(MessageId id) {
        for (Copy copy : inFlight) if (copy.id.equals(id)) return copy;
        return null;
    }

    private void takeBack(Copy copy) {
        inFlight.remove(copy);
        copy.holder.inFlight.remove(copy);
    }

    void finish(Copy copy, long nowNs) {
        takeBack(copy);
        copy.state = Copy.State.FINISHED;
        finishCount++;
        topic.count(Happening.FINISHED);
        copy.holder.finishCount++;
        dispatch(nowNs);
    }

    void requeue(Copy copy, long delayNs, long nowNs) {
        takeBack(copy);
        requeueCount++;
        copy.holder.requeueCount++;
        topic.count(delayNs == 0 ? Happening.REQUEUED : Happening.REQUEUED_WITH_DELAY);
        if (delayNs == 0) queue(copy, ++ranks);
        else defer(copy, nowNs + delayNs);
        dispatch(nowNs);
    }

    void touch(Copy copy, long maxMsgTimeoutNs, long nowNs) {
        topic.count(Happening.TOUCHED);
        copy.dueNs = Math.min(nowNs + copy.holder.msgTimeoutNs, copy.sentNs + maxMsgTimeoutNs);
    }

    void tick(long nowNs) {
        ranks++;
        for (Copy copy : List.copyOf(inFlight)) {
            if (copy.dueNs > nowNs) continue;
            takeBack(copy);
            timeoutCount++;
            topic.count(Happening.TIMED_OUT);
            queue(copy, ranks);
        }
        for (Copy copy : List.copyOf(deferred)) {
            if (copy.dueNs > nowNs) continue;
            deferred.remove(copy);
            topic.count(Happening.NO_LONGER_DEFERRED);
            queue(copy, ranks);
        }
        dispatch(nowNs);
    }

    long nextDueNs() {
        long next = Long.MAX_VALUE;
        for (Copy copy : inFlight) next = Math.min(next, copy.dueNs);
        for (Copy copy : deferred) {
            if (!copy.heldBack || onDisk == 0) next = Math.min(next, copy.dueNs);
        }
        return next;
    }

    void leave(ModelConsumer consumer, long nowNs) {
        if (!consumers.remove(consumer)) return;
        List<Copy> had = new ArrayList<>(consumer.inFlight);
        had.sort(Comparator.comparing(copy -> copy.message.number()));
        if (!had.isEmpty()) topic.count(Happening.CONSUMER_LEFT_MESSAGES);
        had.forEach(this::takeBack);
        for (Copy copy : had) queue(copy, ++ranks);
        dispatch(nowNs);
    }

    void empty() {
        for (Collection<Copy> all : List.of(queued, deferred, inFlight)) {
            all.forEach(copy -> copy.state = Copy.State.EMPTIED);
            all.clear();
        }
        consumers.forEach(consumer -> consumer.inFlight.clear());
    }

    void close() {
        empty();
        consumers.forEach(consumer -> consumer.gone = true);
        consumers.clear();
    }

    @Override
    public String toString() {
        return topic.name + ":" + name;
    }
}
