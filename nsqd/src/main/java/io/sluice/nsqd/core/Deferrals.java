package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.Ref;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What waits in a channel for its time. Memory has the near future; when it has no room, the later
 * half goes to the topic's log as a run. So ten million deferred messages are a few thousand {@link
 * Runs}.
 */
final class Deferrals {
    /** How early the head of a run is read, so that its messages are in memory when due. */
    static final long READ_EARLY_NS = 500_000_000L;

    private final TopicStore store;
    private final Waiting waiting;
    private final Channel channel;
    private final DeadlineQueue<Delivery> near = new DeadlineQueue<>();
    private final Runs runs;
    private boolean grown;

    /** True when what was passed on to the log last was because of its bytes. */
    private boolean shortOfBytes;

    Deferrals(TopicStore store, Waiting waiting, Channel channel) {
        this.store = store;
        this.waiting = waiting;
        this.channel = channel;
        this.runs = new Runs(store, waiting, this, channel);
    }

    long size() {
        return near.size() + runs.size();
    }

    int inMemory() {
        return near.size();
    }

    Runs runs() {
        return runs;
    }

    /** How many more memory can take before some must go to the log; never below 0. */
    int room() {
        return store.budget().hasRoom() ? Math.max(0, limit() - near.size()) : 0;
    }

    private int limit() {
        return store.settings().memory().deferred();
    }

    void add(Delivery delivery, long dueNs) {
        near.add(delivery, dueNs);
        grown = true;
    }

    /**
     * Passes later messages on to the log if memory has no room for them. Not to be called while
     * some channels have got a message that others are yet to get: the log may ask for the state.
     */
    void makeRoom() {
        if (!grown) return;
        grown = false;
        boolean full = near.size() > limit();
        shortOfBytes = !full && near.size() > 1 && !store.budget().hasRoom();
        if ((full || shortOfBytes) && !channel.name().isEphemeral() && store.canSpill()) spill();
    }

    void remove(Delivery delivery) {
        near.remove(delivery);
    }

    /** The earliest that is due by now, or null. */
    Delivery poll(long nowNs) {
        return near.poll(nowNs);
    }

    /** Drops what is in a part of the log that is for nobody any more. */
    void trim() {
        List<Delivery> old = new ArrayList<>();
        near.forEach(
                delivery -> {
                    if (delivery.publication().isBefore(store.dropUntil())) old.add(delivery);
                });
        for (Delivery delivery : old) {
            near.remove(delivery);
            waiting.evict(delivery);
        }
        runs.trim();
    }

    /** When something is to be done here: a message is due, or a run is to be read. */
    long nextDueNs() {
        if (!runs.hasNext()) return near.nextDueNs();
        return Math.min(near.nextDueNs(), runs.nextDueNs() - readEarlyNs());
    }

    /** One run after the other; when memory has no room to spare, not before they are due. */
    private long readEarlyNs() {
        if (runs.areRead()) return 0;
        boolean spare = room() > limit() / 2 && (!shortOfBytes || near.size() == 0);
        return spare ? READ_EARLY_NS : 0;
    }

    private void spill() {
        List<Delivery> all = new ArrayList<>(near.size());
        near.forEach(all::add);
        all.sort(Comparator.comparingLong(Delivery::dueNs));
        List<Delivery> later = new ArrayList<>(all.subList(all.size() / 2, all.size()));
        // A message that is done in an older run would be taken to be done in this one too.
        later.removeIf(delivery -> waiting.isDone(delivery.publication().lsn()));
        if (later.isEmpty()) return;
        // What is still to be logged of them comes before the run, as it came about.
        waiting.writeJournal();
        List<Ref> refs = new ArrayList<>(later.size());
        for (Delivery delivery : later) {
            store.keep(delivery.publication());
            refs.add(delivery.ref(delivery.dueNs()));
        }
        // Until the run is in the log they count as being here: the log may ask for the state.
        runs.add(refs);
        for (Delivery delivery : later) {
            near.remove(delivery);
            waiting.drop(delivery);
        }
    }

    /** Reads what is to be in memory soon. What is due already is read even if memory is full. */
    void fill(long nowNs) {
        while (runs.hasNext() && runs.nextDueNs() <= nowNs + readEarlyNs()) runs.readFirst(nowNs);
    }

    /** Those in memory, the earliest first, or so many of them. */
    List<Delivery> first(int max) {
        return near.first(max);
    }

    /** Forgets everything. */
    void clear() {
        Delivery delivery;
        while ((delivery = near.poll(Long.MAX_VALUE)) != null) waiting.drop(delivery);
        runs.clear();
    }

    /** Messages in the log that are in memory here, or of which nothing but the ref is. */
    void collectRefs(List<Ref> to) {
        runs.collectRefs(to);
        near.forEach(
                delivery -> {
                    if (delivery.publication().isLogged()) to.add(delivery.ref(delivery.dueNs()));
                });
    }

    /** Puts into the log what is in memory only. */
    void keep() {
        near.forEach(delivery -> store.keep(delivery.publication()));
    }
}
