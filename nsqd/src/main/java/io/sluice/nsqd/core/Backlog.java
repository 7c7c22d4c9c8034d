package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Numbered;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.Ref;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What a topic holds back while it is paused, or has no channel: first what is in memory, then what
 * {@code refs} refer to, and then the log from the cursor on.
 */
final class Backlog {
    private final TopicStore store;
    private final LongConsumer passOver;
    private final Deque<Publication> memory = new ArrayDeque<>();
    private final Deque<Ref> refs = new ArrayDeque<>();

    /** Its messages in the log. */
    private final DoneRanges logged = new DoneRanges();

    private boolean behind;
    private long cursor;
    private long unread;
    private long dropped;
    private boolean reading;

    /** What is from the cursor on was published then at the earliest; 0 while it is not known. */
    private long cursorNs;

    /** Counts what makes a read that is under way pointless. */
    private int epoch;

    /**
     * An empty one.
     *
     * @param passOver told of each lsn that is dropped, which a channel that is behind will come by
     */
    Backlog(TopicStore store, LongConsumer passOver) {
        this.store = store;
        this.passOver = passOver;
    }

    long size() {
        return memory.size() + onDisk();
    }

    /** When its first message was published, as far as that is known; 0 for none. */
    long oldestNs() {
        if (!memory.isEmpty()) return memory.peek().timestampNs();
        return refs.isEmpty() && unread > 0 ? cursorNs : 0;
    }

    /** Messages that are in the log only. */
    long onDisk() {
        return refs.size() + unread;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /**
     * How many more memory can take; never below 0.
     *
     * @param waiting what the fullest channel has in memory, to which all this will be added
     */
    int room(int waiting) {
        if (behind || !refs.isEmpty() || !store.budget().hasRoom()) return 0;
        return Math.max(0, store.settings().memory().queueSize() - waiting - memory.size());
    }

    /** Takes a message into memory. */
    void add(Publication publication) {
        store.budget().hold(publication);
        memory.add(publication);
        if (!publication.isLogged()) return;
        logged.add(publication.lsn());
        store.holdFrom(publication.lsn());
    }

    /** The message is in the log and comes behind what is here. */
    void addLogged(Publication publication) {
        logged.add(publication.lsn());
        if (!behind) cursorNs = publication.timestampNs();
        fallBehind(publication.lsn(), 1);
    }

    private void fallBehind(long lsn, long count) {
        if (!behind) {
            behind = true;
            cursor = lsn;
            store.holdFrom(lsn);
            store.fellBehind();
        }
        unread += count;
    }

    /** Drops from the head what limits do not allow to stay; of the log, as far as it is read. */
    void trim(long nowNs) {
        while (!memory.isEmpty() && mustGo(memory.peek(), nowNs)) {
            Publication publication = memory.remove();
            store.budget().release(publication);
            drop(publication.lsn());
        }
        while (memory.isEmpty() && !refs.isEmpty() && mustGo(refs.peek().lsn())) {
            drop(refs.remove().lsn());
        }
        boolean nextInLog = memory.isEmpty() && refs.isEmpty() && unread > 0;
        if (!nextInLog || reading) return;
        reading = true;
        int began = epoch;
        store.log()
                .read(
                        cursor,
                        store.settings().memory().readAhead(),
                        store.readAheadBytes(),
                        (batch, thenNs) -> {
                            if (began == epoch) trim(batch, thenNs);
                        });
    }

    private void trim(TopicLog.Batch batch, long nowNs) {
        reading = false;
        long began = cursor;
        for (Numbered n : batch.entries()) {
            if (!(n.entry() instanceof Message message)) continue;
            if (message.reach() != Reach.PUBLISHED) continue;
            cursorNs = message.timestampNs();
            if (!mustGo(Publication.of(message, n.lsn()), nowNs)) return;
            cursor = n.lsn() + 1;
            unread = Math.max(0, unread - 1);
            drop(n.lsn());
        }
        // What was not for it, or is damaged, is passed too; at the end there is no more.
        if (batch.nextLsn() == began) return;
        cursor = batch.nextLsn();
        trim(nowNs);
    }

    private void drop(long lsn) {
        dropped++;
        if (lsn != Publication.UNLOGGED) passOver.accept(lsn);
        store.changed();
    }

    private boolean mustGo(Publication publication, long nowNs) {
        return mustGo(publication.lsn()) || store.settings().backlog().isTooOld(publication, nowNs);
    }

    /** Whether the first must go, whatever its age. */
    private boolean mustGo(long lsn) {
        BacklogLimits limits = store.settings().backlog();
        boolean bounded = limits.dropsOldest() && limits.messages() > 0;
        if (bounded && size() > limits.messages()) return true;
        if (lsn != Publication.UNLOGGED) return lsn < store.dropUntil();
        // It is older than what is read, and goes before it.
        return behind && cursor < store.dropUntil();
    }

    /** How many messages were dropped here because of limits. */
    long dropped() {
        return dropped;
    }

    boolean isBehind() {
        return behind;
    }

    Collection<Publication> inMemory() {
        return memory;
    }

    List<Ref> refs() {
        return List.copyOf(refs);
    }

    DoneRanges logged() {
        return logged;
    }

    long cursor() {
        return behind ? cursor : store.end();
    }

    long unread() {
        return unread;
    }

    void clear() {
        for (Publication publication : memory) store.budget().release(publication);
        memory.clear();
        refs.clear();
        unread = 0;
        reading = false;
        cursorNs = 0;
        epoch++;
        logged.clear();
        store.holdNothing();
        if (!behind) return;
        behind = false;
        store.caughtUp();
    }

    ChannelState state() {
        List<Ref> all = new ArrayList<>();
        for (Publication publication : memory) {
            if (publication.isLogged()) all.add(new Ref(publication.lsn(), 0, dueNs(publication)));
        }
        all.addAll(refs);
        return new ChannelState(null, cursor(), unread, all, List.of(), logged.toList());
    }

    private static long dueNs(Publication publication) {
        return publication.dueNs() > publication.timestampNs() ? publication.dueNs() : 0;
    }

    void restore(ChannelState state) {
        logged.addAll(state.done());
        for (Ref ref : state.refs()) {
            refs.add(ref);
            store.holdFrom(ref.lsn());
        }
        if (state.unread() > 0) fallBehind(state.cursor(), state.unread());
    }

    /** Puts into the log what is in memory only. */
    void keep() {
        for (Publication publication : memory) store.keep(publication);
    }
}
