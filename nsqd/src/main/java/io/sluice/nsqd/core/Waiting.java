package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Ref;
import java.util.List;

/** What waits in a channel: for a consumer, or for its time. */
final class Waiting {
    private final TopicStore store;
    private final ChannelJournal journal;
    private final ChannelCounts counts;
    private final MessageQueue queued;
    private final Deferrals deferred;

    Waiting(TopicStore store, ChannelJournal journal, ChannelCounts counts, Channel channel) {
        this.store = store;
        this.journal = journal;
        this.counts = counts;
        this.queued = new MessageQueue(store, this, channel);
        this.deferred = new Deferrals(store, this, channel);
    }

    MessageQueue queued() {
        return queued;
    }

    Deferrals deferred() {
        return deferred;
    }

    /** How many more messages memory can take; never below 0. */
    int room(boolean ofDeferred) {
        return ofDeferred ? deferred.room() : queued.room();
    }

    /** Messages that wait for a consumer. */
    long size() {
        return queued.inMemory() + queued.onDisk();
    }

    /** Messages in memory. */
    int held() {
        return queued.inMemory() + deferred.inMemory();
    }

    boolean isBehind() {
        return queued.isBehind();
    }

    /** Takes a message in. If memory has no room for it, it must be in the log. */
    void put(Publication publication, long nowNs) {
        if (publication.dueNs() <= nowNs) queued.put(publication);
        else deferred.add(take(publication, 0), publication.dueNs());
    }

    /** What a topic held back comes too, whether or not memory has room for it. */
    void takeOver(Backlog backlog, long nowNs) {
        for (Publication publication : backlog.inMemory()) {
            if (willBeRead(publication)) queued.put(publication);
            else hold(publication, nowNs);
        }
        takeOverLogged(backlog);
    }

    /** The queue is behind, and the message not before the place from which it reads on. */
    private boolean willBeRead(Publication publication) {
        return queued.isBehind() && publication.isLogged() && publication.lsn() >= queued.cursor();
    }

    /** Of what a topic held back only what is not in memory. */
    void takeOverLogged(Backlog backlog) {
        queued.takeOver(backlog.refs(), backlog.cursor(), backlog.unread());
    }

    /** The lowest lsn that is yet to be read. */
    long unread() {
        return queued.firstUnread();
    }

    /** These messages are not for this channel, though they were published. */
    void passOver(DoneRanges lsns) {
        queued.passOver(lsns);
    }

    void passOver(long lsn) {
        queued.passOver(lsn);
    }

    /** Adds what is in memory where it belongs. */
    void add(Queued message, long dueNs, long nowNs) {
        if (dueNs <= nowNs) queued.add(message);
        else deferred.add(message.delivery(), dueNs);
    }

    /** Messages that are in the log only, and deferred no longer, wait for a consumer. */
    void addLogged(List<Ref> refs) {
        List<Ref> now = refs.stream().map(ref -> new Ref(ref.lsn(), ref.attempts(), 0)).toList();
        if (now.isEmpty()) return;
        journal.requeued(now);
        if (!queued.isBehind()) queued.fallBehind(store.end(), 0);
        now.forEach(queued.refs()::add);
    }

    /** Takes into memory what was published. */
    void hold(Publication publication, long nowNs) {
        store.budget().hold(publication);
        add(publication, publication.dueNs(), nowNs);
    }

    /** A message is in this channel's memory from now on. */
    Delivery take(Publication publication, int attempts) {
        store.budget().hold(publication);
        return new Delivery(publication, attempts);
    }

    /** The message is no longer in this channel's memory. */
    void drop(Queued message) {
        store.budget().release(message.publication());
    }

    /** True when an ephemeral channel has more than it may have. */
    boolean isOverfull() {
        return held() > store.settings().memory().queueSize();
    }

    /** Drops a message that was added last, for which there is no room. */
    void dropNewest(Delivery delivery) {
        if (delivery.waits()) deferred.remove(delivery);
        else queued.removeLast();
        drop(delivery);
        counts.dropped++;
    }

    /** The channel is done with the message. */
    void done(Queued message) {
        journal.finished(message.publication());
        drop(message);
    }

    /** Drops a message that waited, for newer ones. */
    void evict(Queued message) {
        evicted(1);
        done(message);
    }

    void evicted(long count) {
        counts.evicted += count;
        store.changed();
    }

    /** Drops a message that waited too long. */
    void expire(Queued message) {
        counts.expired++;
        done(message);
    }

    void writeJournal() {
        journal.write();
    }

    /** A message beyond the cursor or in a run that was finished before a restart. */
    boolean isDone(long lsn) {
        return queued.done().contains(lsn);
    }

    /** Moves what is due to the queue. */
    void tick(long nowNs) {
        deferred.fill(nowNs);
        Delivery delivery;
        while ((delivery = deferred.poll(nowNs)) != null) queued.add(delivery);
    }

    void clear() {
        queued.clear();
        deferred.clear();
    }

    /**
     * What the log needs to know of what is in it.
     *
     * @param refs of what is in flight; those of what waits are added to them
     */
    ChannelState state(Channel channel, List<Ref> refs) {
        queued.collectRefs(refs);
        deferred.collectRefs(refs);
        DoneRanges done = new DoneRanges();
        done.addAll(queued.done());
        journal.collectFinished(done);
        return new ChannelState(
                channel.name(),
                queued.cursor(),
                queued.unread(),
                refs,
                deferred.runs().collectParts(),
                done.toList());
    }

    /** Bytes of the log that are kept for this channel, whole segments. */
    long heldBytes(Channel channel) {
        TopicLog log = store.log();
        if (log == null || log.bytes() == 0 || channel.name().isEphemeral()) return 0;
        ChannelState state = channel.state();
        long held = 0;
        long open = log.bytes();
        long openFrom = 0;
        for (TopicLog.Segment segment : log.segments()) {
            if (state.needs(segment.from(), segment.until())) held += segment.bytes();
            open -= segment.bytes();
            openFrom = segment.until();
        }
        return state.needs(openFrom, log.end()) ? held + open : held;
    }

    void restore(ChannelState state) {
        queued.restore(state);
        deferred.runs().restore(state);
    }

    /** Puts into the log what is in memory only. */
    void keep() {
        queued.keep();
        deferred.keep();
    }
}
