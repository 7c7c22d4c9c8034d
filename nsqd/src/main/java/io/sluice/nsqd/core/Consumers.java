package io.sluice.nsqd.core;

import io.sluice.protocol.MessageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * The subscribers of a channel, and the lines in which they stand for the next message: the line of
 * the nearest is served first.
 */
final class Consumers {
    private final Set<Subscriber> all = new LinkedHashSet<>();

    /**
     * Subscribers that may be able to take a message, the next one first, by how near they are.
     * Where nobody is preferred all stand in the last line.
     */
    private final List<Queue<Subscriber>> lines = new ArrayList<>();

    private boolean someoneLeft;

    Consumers() {
        for (int i = 0; i < Nearness.values().length; i++) lines.add(new ArrayDeque<>());
    }

    private Queue<Subscriber> line(Subscriber of) {
        return lines.get(of.nearness().ordinal());
    }

    /**
     * @param max 0 for no limit
     */
    void add(Subscriber subscriber, int max) throws Refused {
        if (max > 0 && all.size() >= max) throw new Refused("exceeds limit of " + max);
        all.add(subscriber);
    }

    /** False when it is not here. */
    boolean remove(Subscriber subscriber) {
        if (!all.remove(subscriber)) return false;
        if (subscriber.inLine) line(subscriber).remove(subscriber);
        someoneLeft |= !subscriber.isPassing();
        return true;
    }

    /** Nobody is here, and it is not so that nobody ever was but who only passed. */
    boolean haveLeft() {
        return someoneLeft && all.isEmpty();
    }

    int count() {
        return all.size();
    }

    /** The subscriber may have got room for a message. */
    void wake(Subscriber subscriber) {
        if (subscriber.inLine || !subscriber.canTake() || !all.contains(subscriber)) return;
        subscriber.inLine = true;
        line(subscriber).add(subscriber);
    }

    /** The next one who can take a message, who then goes to the end of its line; or null. */
    Subscriber next() {
        for (int i = 0; i < lines.size(); i++) {
            Subscriber next = next(lines.get(i));
            if (next != null) return next;
        }
        return null;
    }

    private static Subscriber next(Queue<Subscriber> line) {
        Subscriber next;
        while ((next = line.poll()) != null) {
            if (next.canTake()) {
                line.add(next);
                return next;
            }
            next.inLine = false;
        }
        return null;
    }

    boolean has(MessageId id) {
        return all.stream().anyMatch(subscriber -> subscriber.find(id) != null);
    }

    List<Subscriber> toList() {
        return List.copyOf(all);
    }

    /** Of what is in flight and in the log. */
    List<LogEntry.Ref> refs() {
        List<LogEntry.Ref> refs = new ArrayList<>();
        for (Subscriber subscriber : all) subscriber.collectRefs(refs);
        return refs;
    }

    /** Everybody is disconnected. */
    void close() {
        List<Subscriber> gone = new ArrayList<>(all);
        all.clear();
        lines.forEach(Queue::clear);
        for (Subscriber subscriber : gone) {
            subscriber.takeAll();
            subscriber.disconnect();
        }
    }

    List<ClientStats> stats() {
        return all.stream().map(Subscriber::stats).toList();
    }
}
