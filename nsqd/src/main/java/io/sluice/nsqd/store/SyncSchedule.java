package io.sluice.nsqd.store;

import io.sluice.nsqd.core.Durability;
import java.util.function.ObjLongConsumer;

/**
 * Syncs a log although nobody waits for it, as NSQ does: after so many entries, and after so much
 * time. One sync is under way at most. Belongs to the loop.
 */
final class SyncSchedule {
    /**
     * From one sync to the next at least. The pages that a sync writes have to be mapped anew when
     * they are stored into again, and the zeros ahead of the end are written too: a fast log that
     * is synced a hundred times a second takes twice the processor time and half as much again of
     * the disk.
     */
    static final long REST_MS = 50;

    private final Commits commits;
    private final ObjLongConsumer<Runnable> timer;
    private final long every;
    private final long timeoutMs;
    private long end;
    private long written;
    private long synced;
    private boolean armed;
    private boolean isLate;
    private boolean syncing;
    private boolean resting;
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
        syncIfDue();
        if (armed) return;
        armed = true;
        timer.accept(this::isTime, timeoutMs);
    }

    private void isTime() {
        armed = false;
        isLate = end > synced;
        syncIfDue();
    }

    private void syncIfDue() {
        if (syncing || resting || ended) return;
        if (end - synced < every && !isLate) return;
        syncing = true;
        resting = true;
        isLate = false;
        timer.accept(this::rested, REST_MS);
        long until = end;
        commits.add(until, written, Durability.FSYNC, failure -> synced(until));
    }

    private void rested() {
        resting = false;
        syncIfDue();
    }

    private void synced(long until) {
        syncing = false;
        synced = Math.max(synced, until);
        syncIfDue();
    }

    /** The log is closed or deleted. */
    void end() {
        ended = true;
    }
}
