package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a topic and its channels share to keep messages: memory up to its limits, and the log for
 * the rest. As an entry of a {@link DeadlineQueue} it is due when the log needs care.
 */
final class TopicStore extends DeadlineQueue.Entry {
    /** How often, while something changes, the state is logged and passed segments are deleted. */
    private static final long CARE_NS = 1_000_000_000L;

    /** Refs that are worth another {@link #CARE_NS}: summing up must not take all of the time. */
    private static final int REFS_A_TURN = 100_000;

    /** Bytes that are read from the log at once: what memory has room for, within these. */
    private static final int MIN_READ_BYTES = 64 * 1024;

    private static final int MAX_READ_BYTES = 1024 * 1024;

    private final BrokerSettings settings;
    private final MemoryBudget budget;
    private final DeadlineQueue<TopicStore> chores;
    private final List<ChannelJournal> unwritten;

    /** Null for an ephemeral topic: what memory cannot hold is dropped or refused. */
    private final TopicLog log;

    private final RecentMessages recent = new RecentMessages();
    private Supplier<TopicState> state;
    private LongSupplier unread;
    private LongConsumer trim;
    private Durability durability;
    private Durability chosen;
    private boolean closed;
    private long dropUntil;
    private long heldFrom = Long.MAX_VALUE;
    private boolean deleting;
    private int behindCount;
    private long cleanLsn;
    private long nextCareNs;
    private boolean changed;

    TopicStore(
            BrokerSettings settings,
            MemoryBudget budget,
            DeadlineQueue<TopicStore> chores,
            List<ChannelJournal> unwritten,
            TopicLog log) {
        this.settings = settings;
        this.budget = budget;
        this.chores = chores;
        this.unwritten = unwritten;
        this.log = log;
        this.durability = settings.durability();
        this.cleanLsn = log == null ? 0 : log.end();
    }

    /**
     * Every segment of the log begins with the state of the topic.
     *
     * @param unread the lowest lsn that is yet to be read and does not stand in the state
     * @param trim drops what limits do not allow to stay; it is told the time
     */
    void attach(Supplier<TopicState> state, LongSupplier unread, LongConsumer trim) {
        this.state = state;
        this.unread = unread;
        this.trim = trim;
        if (log != null) log.attach(state);
    }

    /** The log is one to go on with: what it has is of use. */
    void restored() {
        cleanLsn = 0;
    }

    TopicLog log() {
        return log;
    }

    /** The lsn of what is logged next. */
    long end() {
        return log == null ? 0 : log.end();
    }

    MemoryBudget budget() {
        return budget;
    }

    BrokerSettings settings() {
        return settings;
    }

    Durability durability() {
        return durability;
    }

    /** Null for what the daemon promises. */
    void choose(Durability level) {
        chosen = level;
        durability = level == null ? settings.durability() : level;
        changed();
    }

    /** What is promised for a message: what the topic promises, or more if it is asked for. */
    Durability levelFor(Durability atLeast) {
        if (log == null) return Durability.MEM;
        return atLeast.compareTo(durability) > 0 ? atLeast : durability;
    }

    /**
     * What the OK for all that has been published by now has to wait for; null for nothing. While
     * the log cannot keep up, every OK waits for it, so that publishers do not run ahead.
     */
    Receipt receipt(Durability level) {
        if (log == null || level != Durability.FSYNC && log.isWritten()) return null;
        return new Receipt(log, level == Durability.MEM ? Durability.OS : level);
    }

    /** True when every message is logged, and what becomes of it. */
    boolean journals() {
        return log != null && durability != Durability.MEM;
    }

    /** True while somebody reads from the log what others get by reference. */
    boolean someoneIsBehind() {
        return behindCount > 0;
    }

    void fellBehind() {
        behindCount++;
    }

    void caughtUp() {
        if (--behindCount == 0) recent.clear();
    }

    /** Reading more is worth it when no more than this is in memory. */
    int lowWater() {
        return settings.memory().readAhead() / 2;
    }

    int readAheadBytes() {
        return (int) Math.max(MIN_READ_BYTES, Math.min(MAX_READ_BYTES, budget.free()));
    }

    /** Logs a message that has just been published. */
    void publish(Publication publication, Reach reach) {
        publication.appendTo(log, reach);
        changed();
        // At level mem it is logged only because somebody is behind, or is about to be.
        boolean wanted = behindCount > 0 || durability == Durability.MEM;
        if (reach != Reach.PUBLISHED) return;
        if (wanted) recent.add(publication);
        else recent.clear();
    }

    /** The messages from this lsn on to the end, or null when they are not at hand. */
    List<Publication> recentFrom(long lsn) {
        return recent.from(lsn, readable());
    }

    /** What a topic holds back, from this lsn on, is not to be read by its channels yet. */
    void holdFrom(long lsn) {
        heldFrom = Math.min(heldFrom, lsn);
    }

    /** The lsn that a topic holds back from, or the end. */
    long readable() {
        return Math.min(heldFrom, end());
    }

    void holdNothing() {
        heldFrom = Long.MAX_VALUE;
    }

    /** Logs a message for whoever refers to it, unless it is there. */
    void keep(Publication publication) {
        if (!publication.isLogged()) publication.appendTo(log, Reach.ASIDE);
    }

    /** True when memory may pass messages on to the log. */
    boolean canSpill() {
        return log != null && !closed && log.refusal(1, 0) == null;
    }

    /** Something that the log's state says is no longer so. */
    void changed() {
        if (log == null || changed || closed) return;
        changed = true;
        if (!waits()) chores.add(this, nextCareNs);
    }

    /** Logs something of a channel or of the topic, if there is a log to know of it. */
    void record(LogEntry entry) {
        if (isInUse()) log.append(entry);
        changed();
    }

    /** The journal has something to write when this turn of the loop ends. */
    void writeLater(ChannelJournal journal) {
        unwritten.add(journal);
    }

    /** The topic is deleted. */
    void delete(Runnable deleted) {
        if (waits()) chores.remove(this);
        closed = true;
        if (log == null) deleted.run();
        else log.delete(deleted);
    }

    /** Nothing more will come: all that there is goes to the log, and the log ends. */
    void close(Runnable keep, Runnable whenClosed) {
        if (waits()) chores.remove(this);
        closed = true;
        if (log == null) {
            whenClosed.run();
            return;
        }
        keep.run();
        if (changed && log.end() > cleanLsn) log.append(state.get());
        log.close(whenClosed);
    }

    boolean isClosed() {
        return closed;
    }

    StoreStats stats() {
        if (log == null) return new StoreStats(Durability.MEM, null, 0, 0);
        return new StoreStats(durability, chosen, log.bytes(), log.damagedCount());
    }

    private boolean isInUse() {
        return log != null && !closed && (log.end() > cleanLsn || journals());
    }

    /** Has limits looked at though nothing changes: what waits gets older by itself. */
    void watchAge() {
        if (settings.backlog().ageNs() > 0 && !closed && !waits()) chores.add(this, nextCareNs);
    }

    /** Sums up what there is, where it is of use, and lets go of what nobody needs. */
    void care(long nowNs) {
        nextCareNs = nowNs + CARE_NS;
        if (changed && log != null) dropUntil = settings.backlog().dropUntil(log, dropUntil);
        if (settings.backlog().drops()) trim.accept(nowNs);
        if (!changed) return;
        changed = false;
        if (!isInUse()) return;
        TopicState now = state.get();
        nextCareNs += CARE_NS * (now.refCount() / REFS_A_TURN);
        if (durability == Durability.MEM && !needs(now, 0, log.end())) {
            log.clear();
            cleanLsn = log.end();
            return;
        }
        List<TopicLog.Segment> passed = new ArrayList<>(log.segments());
        passed.removeIf(segment -> needs(now, segment.from(), segment.until()));
        if (durability != Durability.MEM && passed.isEmpty()) return;
        log.append(now);
        if (!passed.isEmpty() && !deleting) deletePassed(passed);
    }

    private boolean needs(TopicState now, long from, long until) {
        return now.needs(from, until) || unread.getAsLong() < until;
    }

    /** An older state may refer to what is deleted: first, the new one must be sure to be found. */
    private void deletePassed(List<TopicLog.Segment> passed) {
        deleting = true;
        log.whenDurable(
                levelFor(Durability.OS),
                why -> {
                    deleting = false;
                    if (why != null || closed) return;
                    for (TopicLog.Segment segment : log.segments()) {
                        if (passed.contains(segment)) log.delete(segment);
                    }
                });
    }

    /** What is before this lsn is dropped for newer messages. */
    long dropUntil() {
        return dropUntil;
    }
}
