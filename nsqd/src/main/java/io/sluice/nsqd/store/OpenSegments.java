package io.sluice.nsqd.store;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * All logs of a daemon that have a segment open for writing. When they are too many, one that has
 * not been written to for a while is asked to close. For all loops.
 */
final class OpenSegments {
    private final int max;
    private final Deque<Opened> opened = new ArrayDeque<>();

    /** A log with an open segment. */
    interface Opened {
        /** True when it was written to since this was asked last. From any thread. */
        boolean wasUsed();

        /** Asks it to close its segment soon. From any thread. */
        void askToClose();
    }

    OpenSegments(int max) {
        this.max = max;
    }

    /** Has one more open segment. */
    void add(Opened log) {
        Opened victim = null;
        synchronized (this) {
            opened.add(log);
            if (opened.size() > max) victim = victim();
        }
        if (victim != null) victim.askToClose();
    }

    /** The first that was not used since it came by last; each gets one more round if it was. */
    private Opened victim() {
        for (int tried = opened.size(); tried > 1; tried--) {
            Opened log = opened.remove();
            if (!log.wasUsed()) return log;
            opened.add(log);
        }
        return opened.remove();
    }

    /** Has closed its segment. */
    synchronized void remove(Opened log) {
        opened.remove(log);
    }

    synchronized int count() {
        return opened.size();
    }
}
