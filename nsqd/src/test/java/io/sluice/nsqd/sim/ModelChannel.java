package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
    final ModelWaiting waiting;
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

    /** True when, ephemeral as it is, it has got messages out of a topic's log. */
    boolean readsLog;

    private long newDrops;
    private boolean someoneLeft;

    ModelChannel(ModelTopic topic, ChannelName name) {
        this.topic = topic;
        this.name = name;
        waiting = new ModelWaiting(topic);
    }

    /** How many it has dropped by now, of which the model can't know for want of what is where. */
    void observeDrops(long newDroppedCount) {
        newDrops = newDroppedCount - droppedCount;
    }

    void put(Published message, long nowNs) {
        putOrDrop(add(message, nowNs), nowNs);
    }

    private void putOrDrop(Copy copy, long nowNs) {
        dispatch(nowNs);
        if (!name.isEphemeral() || copy.state == Copy.State.IN_FLIGHT) return;
        if (waiting.size() <= topic.limit() || readsLog && newDrops == 0) return;
        newDrops--;
        waiting.drop(copy);
        droppedCount++;
        topic.count(Happening.DROPPED_BY_CHANNEL);
    }

    private Copy add(Published message, long nowNs) {
        messageCount++;
        Copy copy = new Copy(message);
        copies.put(message.number(), copy);
        if (message.dueNs() > nowNs) waiting.defer(copy, message.dueNs());
        else waiting.queue(copy);
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

    /** For as long as somebody can take a message, one must have been pushed. */
    void dispatch(long nowNs) {
        while (!paused && !waiting.queued.isEmpty()) {
            ModelConsumer able = able();
            if (able == null) return;
            Push push = seen.poll();
            if (push == null) {
                Copy head = waiting.queued.peek();
                throw broken("%s: %s waits, %s is ready: no push", this, head, able);
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
        Copy copy = take(push.number(), push, nowNs);
        if (push.attempts() != copy.attempts + 1) {
            throw broken("%s: %s after %d attempts", this, push, copy.attempts);
        }
        if (push.timestampNs() != copy.message.timestampNs()) {
            throw broken("%s: %s of another time", this, push);
        }
        topic.identify(copy.message, push.id());
        if (copy.id == null) ids.add(push.id());
        copy.id = push.id();
        send(copy, to, nowNs);
        to.room--;
    }

    private Copy take(int number, Object what, long nowNs) {
        Copy copy = copies.get(number);
        if (copy == null) throw broken("%s: %s never came here", this, what);
        waiting.take(copy, this + ": " + what, nowNs);
        return copy;
    }

    private void send(Copy copy, ModelConsumer to, long nowNs) {
        copy.state = Copy.State.IN_FLIGHT;
        copy.attempts++;
        copy.holder = to;
        copy.sentNs = nowNs;
        copy.dueNs = nowNs + to.msgTimeoutNs;
        inFlight.add(copy);
        to.inFlight.add(copy);
        to.messageCount++;
        deliveryCount++;
        topic.count(copy.attempts == 1 ? Happening.PUSHED : Happening.PUSHED_AGAIN);
    }

    /** Somebody takes so many, whether or not it is paused and others are ready. */
    List<Copy> takeAway(List<Integer> numbers, ModelConsumer to, long nowNs) {
        List<Copy> taken = new ArrayList<>();
        for (int number : numbers) {
            Copy copy = take(number, "m" + number + " to " + to, nowNs);
            send(copy, to, nowNs);
            taken.add(copy);
        }
        dispatch(nowNs);
        return taken;
    }

    /** Null when none is in flight under this id. */
    Copy inFlight(MessageId id) {
        for (Copy copy : inFlight) if (id.equals(copy.id)) return copy;
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
        if (delayNs == 0) waiting.queue(copy);
        else waiting.defer(copy, nowNs + delayNs);
        dispatch(nowNs);
    }

    void touch(Copy copy, long maxMsgTimeoutNs, long nowNs) {
        topic.count(Happening.TOUCHED);
        copy.dueNs = Math.min(nowNs + copy.holder.msgTimeoutNs, copy.sentNs + maxMsgTimeoutNs);
    }

    void tick(long nowNs) {
        List<Copy> timedOut = new ArrayList<>();
        for (Copy copy : List.copyOf(inFlight)) {
            if (copy.dueNs > nowNs) continue;
            takeBack(copy);
            timeoutCount++;
            topic.count(Happening.TIMED_OUT);
            timedOut.add(copy);
        }
        waiting.tick(timedOut, nowNs);
        dispatch(nowNs);
    }

    long nextDueNs() {
        long next = waiting.nextDueNs();
        for (Copy copy : inFlight) next = Math.min(next, copy.dueNs);
        return next;
    }

    void leave(ModelConsumer consumer, long nowNs) {
        if (!consumers.remove(consumer)) return;
        List<Copy> had = new ArrayList<>(consumer.inFlight);
        had.sort(Comparator.comparing(copy -> copy.message.number()));
        if (!had.isEmpty()) topic.count(Happening.CONSUMER_LEFT_MESSAGES);
        had.forEach(this::takeBack);
        had.forEach(waiting::queue);
        someoneLeft |= !consumer.passing;
        dispatch(nowNs);
    }

    /** An ephemeral channel goes with its last consumer, and not with who only passed. */
    boolean isAbandoned() {
        return name.isEphemeral() && someoneLeft && consumers.isEmpty();
    }

    void empty() {
        waiting.empty();
        inFlight.forEach(copy -> copy.state = Copy.State.EMPTIED);
        inFlight.clear();
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
