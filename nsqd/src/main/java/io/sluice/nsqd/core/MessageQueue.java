package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Numbered;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.Ref;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What waits in a channel, first in, first out. As long as memory has room the queue is live: it
 * has its messages by reference. Else it is behind: what it has in memory comes first, then what
 * {@code refs} refer to, and then the topic's log from the cursor on, which is read as memory gets
 * empty. When the cursor has come to the log's end, the queue is live again.
 */
final class MessageQueue {
    private final TopicStore store;
    private final Waiting waiting;
    private final Channel channel;
    private final QueueLimits limits;
    private final Deque<Queued> memory = new ArrayDeque<>();
    private final QueuedRefs refs = new QueuedRefs();

    /** Messages beyond the cursor that were finished before a restart. */
    private final DoneRanges done = new DoneRanges();

    private boolean behind;
    private long cursor;
    private long unread;
    private boolean reading;

    /** When the last message before the cursor was published; 0 while that is not known. */
    private long lastReadNs;

    /** Counts what makes a read that is under way pointless. */
    private int epoch;

    MessageQueue(TopicStore store, Waiting waiting, Channel channel) {
        this.store = store;
        this.waiting = waiting;
        this.channel = channel;
        this.limits = new QueueLimits(store, waiting);
    }

    /** Messages in memory. */
    int inMemory() {
        return memory.size();
    }

    /** Messages that are in the log only. */
    long onDisk() {
        return refs.size() + unread;
    }

    boolean isBehind() {
        return behind;
    }

    DoneRanges done() {
        return done;
    }

    /** How many more messages memory can take at the end of the queue; never below 0. */
    int room() {
        if (behind || !store.budget().hasRoom()) return 0;
        return Math.max(0, store.settings().memory().queueSize() - memory.size());
    }

    /** Adds what was published. It must be in the log already if there is no room for it. */
    void put(Publication publication) {
        if (behind) {
            unread++;
        } else if (room() > 0 || !publication.isLogged()) {
            // Bytes may have run out since a batch was found to fit.
            store.budget().hold(publication);
            add(publication);
        } else {
            fallBehind(publication.lsn(), 1);
        }
    }

    /** Drops what limits do not allow to stay, as far as it is in memory. */
    void trim(long nowNs) {
        limits.trim(memory, refs, cursor, unread, nowNs);
    }

    /** When limits will not allow the head to stay any more; Long.MAX_VALUE for never. */
    long expiresNs() {
        return limits.expiresNs(memory.peek());
    }

    /** Adds to the end of what is in memory. */
    void add(Queued message) {
        if (limits.isOld(message.publication())) waiting.evict(message);
        else memory.add(message);
    }

    /** True when memory has a message that limits allow to go out. */
    boolean hasNext(long nowNs) {
        trim(nowNs);
        return !memory.isEmpty();
    }

    Delivery remove() {
        return memory.remove().delivery();
    }

    void removeLast() {
        memory.removeLast();
    }

    /** {@code count} messages in the log, from {@code lsn} on, come behind what is here. */
    void fallBehind(long lsn, long count) {
        if (!behind) {
            behind = true;
            cursor = lsn;
            store.fellBehind();
        }
        unread += count;
    }

    /** What a topic held back comes behind what is here; of that, what is in the log only. */
    void takeOver(List<Ref> more, long from, long count) {
        if (more.isEmpty() && count == 0) return;
        boolean readsOn = behind && unread > 0;
        if (!behind) fallBehind(from, 0);
        else if (!readsOn) readFrom(from);
        for (Ref ref : more) {
            if (done.contains(ref.lsn())) continue;
            // What was logged behind the cursor will be found by it.
            if (readsOn && ref.lsn() >= cursor) unread++;
            else refs.add(ref);
        }
        unread += count;
    }

    /** What is being read now is read from another place, or again. */
    private void readFrom(long lsn) {
        cursor = lsn;
        epoch++;
        reading = false;
    }

    /** These messages are not for this channel, though they were published. */
    void passOver(DoneRanges lsns) {
        if (behind) done.addAll(lsns);
    }

    void passOver(long lsn) {
        if (behind) done.add(lsn);
    }

    /** Sees to it that memory does not get empty while the log has more. True when it got more. */
    boolean fill(long nowNs) {
        if (!behind || reading || store.isClosed() || memory.size() > store.lowWater())
            return false;
        if (!refs.isEmpty()) {
            readRefs();
            return false;
        }
        if (cursor >= store.readable()) {
            catchUp();
            return false;
        }
        List<Publication> recent = store.recentFrom(cursor);
        if (recent == null) {
            readOn();
            return false;
        }
        for (Publication publication : recent) {
            if (!done.contains(publication.lsn())) arrive(publication, nowNs);
        }
        catchUp();
        return true;
    }

    private void readOn() {
        int most = store.settings().memory().readAhead();
        store.log().read(cursor, most, store.readAheadBytes(), unlessPointless(this::haveRead));
    }

    private TopicLog.Reader unlessPointless(TopicLog.Reader then) {
        reading = true;
        int began = epoch;
        return (batch, nowNs) -> {
            if (began != epoch) return;
            reading = false;
            then.read(batch, nowNs);
        };
    }

    private void haveRead(TopicLog.Batch batch, long nowNs) {
        long until = store.readable();
        for (Numbered n : batch.entries()) {
            if (n.lsn() >= until || !(n.entry() instanceof Message message)) continue;
            if (message.reach() != Reach.PUBLISHED || done.contains(n.lsn())) continue;
            lastReadNs = message.timestampNs();
            arrive(Publication.of(message, n.lsn()), nowNs);
        }
        cursor = Math.min(batch.nextLsn(), until);
        if (cursor == until) catchUp();
        channel.dispatch(nowNs);
    }

    private void arrive(Publication publication, long nowNs) {
        if (unread > 0) unread--;
        waiting.hold(publication, nowNs);
    }

    private void readRefs() {
        long[] lsns = refs.toRead(store.settings().memory().readAhead());
        TopicLog.Reader then = (batch, nowNs) -> haveReadRefs(lsns, batch, nowNs);
        store.log().read(lsns, store.readAheadBytes(), unlessPointless(then));
    }

    private void haveReadRefs(long[] lsns, TopicLog.Batch batch, long nowNs) {
        refs.haveRead(lsns, batch, (ref, message) -> arrive(ref, message, nowNs));
        channel.dispatch(nowNs);
    }

    private void arrive(Ref ref, Message message, long nowNs) {
        Delivery delivery = waiting.take(Publication.of(message, ref.lsn()), ref.attempts());
        waiting.add(delivery, ref.dueNs(), nowNs);
    }

    private void catchUp() {
        behind = false;
        unread = 0;
        lastReadNs = 0;
        if (waiting.deferred().runs().size() == 0) done.clear();
        store.caughtUp();
    }

    /** Forgets everything. */
    void clear() {
        memory.forEach(waiting::drop);
        memory.clear();
        refs.clear();
        done.clear();
        epoch++;
        reading = false;
        unread = 0;
        lastReadNs = 0;
        if (behind) {
            behind = false;
            store.caughtUp();
        }
    }

    /** Goes on where the log's state says, with messages that are due. */
    void restore(ChannelState state) {
        done.addAll(state.done());
        for (Ref ref : state.refs()) if (ref.dueNs() == 0) refs.add(ref);
        boolean isBehind = !refs.isEmpty() || state.cursor() < store.end();
        if (isBehind) fallBehind(state.cursor(), state.unread());
    }

    /** Messages in the log that are in memory, and then those that are not. */
    void collectRefs(List<Ref> to) {
        for (Queued message : memory) {
            if (message.publication().isLogged()) to.add(message.ref());
        }
        refs.collect(to);
    }

    /** What is in memory, or so many of it. */
    List<Queued> first(int max) {
        return memory.stream().limit(max).toList();
    }

    /** What comes next. */
    QueuedRefs refs() {
        return refs;
    }

    /** Puts what is in memory only into the log. */
    void keep() {
        for (Queued message : memory) store.keep(message.publication());
    }

    long cursor() {
        return behind ? cursor : store.end();
    }

    /** The lowest lsn that is yet to be read. */
    long firstUnread() {
        return Math.min(refs.firstLsn(), cursor());
    }

    long unread() {
        return unread;
    }

    long lastReadNs() {
        return lastReadNs;
    }
}
