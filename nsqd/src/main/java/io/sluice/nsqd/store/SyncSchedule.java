package io.sluice.nsqd.store;

import io.sluice.nsqd.core.Durability;
import java.util.function.ObjLongConsumer;

/**
 * Syncs a log although nobody waits for it, as NSQ does: after so many entries, and after so much
 * time. One sync is under way at most. Belongs to the loop.
 */
final class SyncSchedule {
    private final Commits commits;
    private final ObjLongConsumer<Runnable> timer;
    private final long every;
    private final long timeoutMs;
    private long end;
    private long written;
    private long synced;
    private boolean armed;
    private boolean syncing;
    private boolean ended;

    /** Of a log whose next entry has the lsn {@code end}. */
    SyncSchedule(
            Commits commits, ObjLongConsumer<Runnable> timer, StoreSettings settings, long end) {
        this.commits = commits;
        this.timer = timer;
        this.every = settings.syncEvery();
        this.timeoutMs = settings.syncTimeoutMs();
        this.end = end;
        this.synced = end;
    }

    /** Something was appended. */
    void appended(long newEnd, long newWritten) {
        end = newEnd;
        written = newWritten;
        if (end - synced >= every) sync();
        if (armed) return;
        armed = true;
        timer.accept(this::isTime, timeoutMs);
    }

    private void isTime() {
        armed = false;
        if (end > synced) sync();
    }

    private void sync() {
        if (syncing || ended) return;
        syncing = true;
        long until = end;
        commits.add(until, written, Durability.FSYNC, failure -> synced(until));
    }

    private void synced(long until) {
        syncing = false;
        synced = Math.max(synced, until);
    }

    /** The log is closed or deleted. */
    void end() {
        ended = true;
    }
}
