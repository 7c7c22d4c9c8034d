package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.Durability;
import io.sluice.protocol.MessageId;

/** A message in a channel, and whether and when the daemon owes it. */
final class Debt {
    enum Fate {
        /** It must come until it is finished. */
        OWED,
        /** It may come. */
        POSSIBLE,
        /** It must not come again. */
        GONE
    }

    static final class Message {
        final int number;
        final long timestampNs;
        final long dueNs;
        boolean acknowledged;
        boolean logged;

        /** True when it may have been lost before a channel got it. */
        boolean doubtful;

        MessageId id;

        Message(int number, long timestampNs, long dueNs) {
            this.number = number;
            this.timestampNs = timestampNs;
            this.dueNs = dueNs;
        }

        boolean isSafe(Crash crash) {
            return crash == Crash.KILL_AT_MEM ? logged : acknowledged;
        }
    }

    final Message message;
    Fate fate = Fate.OWED;
    int attempts;

    /** Not to come before. */
    private long dueNs;

    /** Not to come before, if it is forgotten when it is due. */
    private long firstDueNs;

    /** It is not deferred for longer; Long.MAX_VALUE when that is not known. */
    private long lastDueNs;

    /** True when the channel may have it in the log among what is queued, deferred as it is. */
    private final boolean heldBack;

    /** What the log must have kept for this to be true after a crash; -1 before a turn ends. */
    private long changedAt = -1;

    /** What the log must have kept for it to be owed after a crash; likewise. */
    private long owedAt;

    Debt(Message message, boolean heldBack) {
        this.message = message;
        this.heldBack = heldBack;
        dueNs = message.dueNs;
        firstDueNs = message.dueNs;
        lastDueNs = message.dueNs;
        if (heldBack) owedAt = -1;
        if (message.doubtful) fate = Fate.POSSIBLE;
    }

    boolean isEarly(long nowNs) {
        return nowNs < dueNs;
    }

    /** True when it must not be deferred as long as that. */
    boolean isLate(long untilNs) {
        return fate != Fate.GONE && untilNs > lastDueNs;
    }

    void finished() {
        fate = Fate.GONE;
        changedAt = -1;
    }

    void emptied(Fate newFate, long end) {
        fate = newFate;
        changedAt = end;
    }

    void requeued(long newDueNs) {
        dueNs = newDueNs;
        lastDueNs = newDueNs;
        changedAt = -1;
    }

    /** Somebody may have it come at once. */
    void mayComeNow(long nowNs) {
        dueNs = Math.min(dueNs, nowNs);
        firstDueNs = Math.min(firstDueNs, nowNs);
    }

    /** Nothing that the channel knew to be deferred is so any longer. */
    void waitsNow(long nowNs) {
        if (heldBack || lastDueNs <= nowNs) return;
        lastDueNs = nowNs;
        changedAt = -1;
    }

    void turnEnds(long end) {
        if (changedAt < 0) changedAt = end;
        if (owedAt < 0) owedAt = end;
    }

    void crash(Crash crash, long kept) {
        boolean journalled = crash.durability != Durability.MEM;
        boolean known = journalled && changedAt >= 0 && changedAt <= kept;
        attempts = 0;
        if (!known) {
            dueNs = firstDueNs;
            lastDueNs = Long.MAX_VALUE;
            if (fate == Fate.GONE) fate = Fate.POSSIBLE;
        }
        boolean released = crash.keepsLog() || owedAt >= 0 && owedAt <= kept;
        boolean safe = released && message.isSafe(crash);
        if (fate == Fate.OWED && !safe) fate = Fate.POSSIBLE;
    }
}
