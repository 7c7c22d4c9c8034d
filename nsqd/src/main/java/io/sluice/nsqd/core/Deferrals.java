package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Numbered;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.Run;
import io.sluice.nsqd.core.LogEntry.RunPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What waits in a channel for its time. Memory has the near future; when it has no room, the later
 * half goes to the topic's log as a run, sorted by time, of which memory keeps the head only. So
 * ten million deferred messages are a few thousand runs.
 */
final class Deferrals {
    /** How early the head of a run is read, so that its messages are in memory when due. */
    private static final long READ_EARLY_NS = 500_000_000L;

    private final TopicStore store;
    private final Waiting waiting;
    private final Channel channel;
    private final DeadlineQueue<Delivery> near = new DeadlineQueue<>();
    private final DeadlineQueue<RunHead> runs = new DeadlineQueue<>();

    /** Runs that are being read. */
    private final List<RunHead> underWay = new ArrayList<>();

    private long inRuns;
    private boolean grown;

    /** True when what was passed on to the log last was because of its bytes. */
    private boolean shortOfBytes;

    /** Counts what makes a read that is under way pointless. */
    private int epoch;

    Deferrals(TopicStore store, Waiting waiting, Channel channel) {
        this.store = store;
        this.waiting = waiting;
        this.channel = channel;
    }

    long size() {
        return near.size() + inRuns;
    }

    int inMemory() {
        return near.size();
    }

    boolean hasRuns() {
        return inRuns > 0;
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
        List<RunHead> oldRuns = new ArrayList<>();
        runs.forEach(
                head -> {
                    if (head.part.firstLsn() < store.dropUntil()) oldRuns.add(head);
                });
        for (RunHead head : oldRuns) {
            runs.remove(head);
            inRuns -= head.left();
            waiting.evicted(head.left());
        }
    }

    /** When something is to be done here: a message is due, or a run is to be read. */
    long nextDueNs() {
        if (runs.size() == 0) return near.nextDueNs();
        return Math.min(near.nextDueNs(), runs.nextDueNs() - readEarlyNs());
    }

    /** One run after the other; when memory has no room to spare, not before they are due. */
    private long readEarlyNs() {
        if (!underWay.isEmpty()) return 0;
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
        addRun(refs);
        for (Delivery delivery : later) {
            near.remove(delivery);
            waiting.drop(delivery);
        }
    }

    private void addRun(List<Ref> refs) {
        long lsn = store.log().append(new Run(channel.name(), refs));
        store.changed();
        Receipt receipt = store.receipt(store.durability());
        RunHead head = new RunHead(RunHead.part(lsn, refs), receipt == null ? null : refs);
        add(head);
        if (receipt == null) return;
        receipt.whenDurable(
                why -> {
                    if (why == null) head.refs = null;
                });
    }

    private void add(RunHead head) {
        inRuns += head.left();
        runs.add(head, head.part.dueNs());
    }

    /** Reads what is to be in memory soon. What is due already is read even if memory is full. */
    void fill(long nowNs) {
        if (store.isClosed()) return;
        RunHead head;
        while ((head = runs.poll(nowNs + readEarlyNs())) != null) {
            underWay.add(head);
            if (head.refs == null) readRun(head);
            else readNext(head, head.refs, nowNs);
        }
    }

    private void readRun(RunHead head) {
        read(new long[] {head.part.lsn()}, (batch, nowNs) -> haveReadRun(head, batch, nowNs));
    }

    private void read(long[] lsns, TopicLog.Reader then) {
        int began = epoch;
        store.log()
                .read(
                        lsns,
                        store.readAheadBytes(),
                        (batch, nowNs) -> {
                            if (began == epoch) then.read(batch, nowNs);
                        });
    }

    private void haveReadRun(RunHead head, TopicLog.Batch batch, long nowNs) {
        for (Numbered n : batch.entries()) {
            if (!(n.entry() instanceof Run run)) continue;
            readNext(head, run.refs(), nowNs);
            return;
        }
        // Damaged: the log has counted it, and what it refers to can't be found.
        underWay.remove(head);
        inRuns -= head.left();
    }

    private void readNext(RunHead head, List<Ref> refs, long nowNs) {
        head.take(refs, nowNs, nowNs + READ_EARLY_NS, room());
        readWanted(head);
    }

    private void readWanted(RunHead head) {
        read(head.toRead(), (batch, nowNs) -> haveRead(head, batch, nowNs));
    }

    private void haveRead(RunHead head, TopicLog.Batch batch, long nowNs) {
        for (Numbered n : batch.entries()) {
            if (n.entry() instanceof Message message) head.read.put(n.lsn(), message);
        }
        // What was passed and is not there was damaged.
        head.readUntil = batch.nextLsn();
        if (head.toRead().length > 0) {
            readWanted(head);
            return;
        }
        head.read.forEach((lsn, message) -> arrive(head, lsn, message));
        advance(head);
        channel.dispatch(nowNs);
    }

    private void arrive(RunHead head, long lsn, Message message) {
        Ref ref = head.wanted.get(lsn);
        if (head.refs == null && waiting.isDone(lsn)) return;
        add(waiting.take(Publication.of(message, lsn), ref.attempts()), ref.dueNs());
    }

    private void advance(RunHead head) {
        underWay.remove(head);
        inRuns -= head.taken;
        head.advance();
        if (head.left() > 0) runs.add(head, head.part.dueNs());
    }

    /** Those in memory, the earliest first, or so many of them. */
    List<Delivery> first(int max) {
        return near.first(max);
    }

    /** Forgets everything. */
    void clear() {
        epoch++;
        Delivery delivery;
        while ((delivery = near.poll(Long.MAX_VALUE)) != null) waiting.drop(delivery);
        runs.clear();
        underWay.clear();
        inRuns = 0;
    }

    /** Goes on where the log's state says. */
    void restore(ChannelState state) {
        for (RunPart part : state.runs()) add(new RunHead(part, null));
        List<Ref> later = new ArrayList<>();
        for (Ref ref : state.refs()) if (ref.dueNs() != 0) later.add(ref);
        if (later.isEmpty()) return;
        later.sort(Comparator.comparingLong(Ref::dueNs));
        add(new RunHead(RunHead.part(Publication.UNLOGGED, later), later));
    }

    /** Messages in the log that are in memory here, or of which nothing but the ref is. */
    void collectRefs(List<Ref> to) {
        runs.forEach(head -> head.collectRefs(to));
        for (RunHead head : underWay) head.collectRefs(to);
        near.forEach(
                delivery -> {
                    if (delivery.publication().isLogged()) to.add(delivery.ref(delivery.dueNs()));
                });
    }

    /** The lowest lsn of a run for which the state has refs as yet; Long.MAX_VALUE if none is. */
    long firstUnsafeRun() {
        long[] first = {Long.MAX_VALUE};
        runs.forEach(head -> first[0] = Math.min(first[0], head.unsafeLsn()));
        for (RunHead head : underWay) first[0] = Math.min(first[0], head.unsafeLsn());
        return first[0];
    }

    List<RunPart> collectRuns() {
        if (inRuns == 0) return List.of();
        List<RunPart> parts = new ArrayList<>(runs.size() + underWay.size());
        runs.forEach(head -> head.collectPart(parts));
        for (RunHead head : underWay) head.collectPart(parts);
        return parts;
    }

    /** Puts what is in memory only into the log. */
    void keep() {
        near.forEach(delivery -> store.keep(delivery.publication()));
    }
}
