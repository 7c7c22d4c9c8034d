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
import java.util.function.ObjLongConsumer;

/**
 * The deferred messages of a channel that are in the topic's log, in runs that are sorted by time.
 * Of each run memory has the head only, and what comes next is read when its time is near.
 */
final class Runs {
    private final TopicStore store;
    private final Waiting waiting;
    private final Deferrals deferrals;
    private final Channel channel;
    private final DeadlineQueue<RunHead> heads = new DeadlineQueue<>();

    /** Runs that are being read. */
    private final List<RunHead> underWay = new ArrayList<>();

    private long size;

    /** Counts what makes a read that is under way pointless. */
    private int epoch;

    Runs(TopicStore store, Waiting waiting, Deferrals deferrals, Channel channel) {
        this.store = store;
        this.waiting = waiting;
        this.deferrals = deferrals;
        this.channel = channel;
    }

    /** Messages in all of them. */
    long size() {
        return size;
    }

    boolean areRead() {
        return !underWay.isEmpty();
    }

    /** True when there is one that can be read and is not being read. */
    boolean hasNext() {
        return heads.size() > 0 && !store.isClosed();
    }

    /** When the first message is due of those that are not being read; Long.MAX_VALUE for none. */
    long nextDueNs() {
        return heads.nextDueNs();
    }

    /** Logs a run of messages that are in the log, the earliest first. */
    void add(List<Ref> refs) {
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
        size += head.left();
        heads.add(head, head.part.dueNs());
    }

    /** Reads the next messages of the run that is due first. */
    void readFirst(long nowNs) {
        RunHead head = heads.poll(Long.MAX_VALUE);
        withRefs(head, nowNs, (refs, thenNs) -> readNext(head, refs, thenNs));
    }

    /**
     * Lets go of up to {@code max} messages of the run that is due first. They are not read: their
     * refs are handed over, now or later; none when the run is damaged, or forgotten by then, or
     * when the log has got its last state.
     */
    void takeOut(int max, long nowNs, ObjLongConsumer<List<Ref>> taker) {
        RunHead head = heads.poll(Long.MAX_VALUE);
        withRefs(head, nowNs, (refs, thenNs) -> taker.accept(takeOut(head, refs, max), thenNs));
    }

    private List<Ref> takeOut(RunHead head, List<Ref> refs, int max) {
        if (refs.isEmpty()) return refs;
        List<Ref> out = new ArrayList<>(head.takeFirst(refs, max));
        out.removeIf(ref -> isDone(head, ref.lsn()));
        advance(head);
        return out;
    }

    /** Hands over all refs of a run; none when it is damaged, or forgotten by then. */
    private void withRefs(RunHead head, long nowNs, ObjLongConsumer<List<Ref>> then) {
        underWay.add(head);
        if (head.refs != null) {
            then.accept(head.refs, nowNs);
            return;
        }
        int began = epoch;
        store.log()
                .read(
                        new long[] {head.part.lsn()},
                        store.readAheadBytes(),
                        (batch, thenNs) -> {
                            boolean forgotten = began != epoch || store.isClosed();
                            then.accept(forgotten ? List.of() : refsIn(batch, head), thenNs);
                        });
    }

    private List<Ref> refsIn(TopicLog.Batch batch, RunHead head) {
        for (Numbered n : batch.entries()) {
            if (n.entry() instanceof Run run) return run.refs();
        }
        // Damaged: the log has counted it, and what it refers to can't be found.
        underWay.remove(head);
        size -= head.left();
        return List.of();
    }

    private void readNext(RunHead head, List<Ref> refs, long nowNs) {
        if (refs.isEmpty()) return;
        head.take(refs, nowNs, nowNs + Deferrals.READ_EARLY_NS, deferrals.room());
        readWanted(head);
    }

    private void readWanted(RunHead head) {
        int began = epoch;
        store.log()
                .read(
                        head.toRead(),
                        store.readAheadBytes(),
                        (batch, nowNs) -> {
                            if (began == epoch) haveRead(head, batch, nowNs);
                        });
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
        if (isDone(head, lsn)) return;
        Delivery delivery = waiting.take(Publication.of(message, lsn), ref.attempts());
        deferrals.add(delivery, ref.dueNs());
    }

    private boolean isDone(RunHead head, long lsn) {
        return head.refs == null && waiting.isDone(lsn);
    }

    private void advance(RunHead head) {
        underWay.remove(head);
        size -= head.taken;
        head.advance();
        if (head.left() > 0) heads.add(head, head.part.dueNs());
    }

    /** Drops what is in a part of the log that is for nobody any more. */
    void trim() {
        List<RunHead> old = new ArrayList<>();
        heads.forEach(
                head -> {
                    if (head.part.firstLsn() < store.dropUntil()) old.add(head);
                });
        for (RunHead head : old) {
            heads.remove(head);
            size -= head.left();
            waiting.evicted(head.left());
        }
    }

    /** Forgets everything. */
    void clear() {
        epoch++;
        heads.clear();
        underWay.clear();
        size = 0;
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

    /** Messages of which nothing but the ref is in memory. */
    void collectRefs(List<Ref> to) {
        heads.forEach(head -> head.collectRefs(to));
        for (RunHead head : underWay) head.collectRefs(to);
    }

    List<RunPart> collectParts() {
        if (size == 0) return List.of();
        List<RunPart> parts = new ArrayList<>(heads.size() + underWay.size());
        heads.forEach(head -> head.collectPart(parts));
        for (RunHead head : underWay) head.collectPart(parts);
        return parts;
    }

    /** The lowest lsn of a run for which the state has refs as yet; Long.MAX_VALUE if none is. */
    long firstUnsafe() {
        long[] first = {Long.MAX_VALUE};
        heads.forEach(head -> first[0] = Math.min(first[0], head.unsafeLsn()));
        for (RunHead head : underWay) first[0] = Math.min(first[0], head.unsafeLsn());
        return first[0];
    }
}
