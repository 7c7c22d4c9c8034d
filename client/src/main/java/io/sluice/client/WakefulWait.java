package io.sluice.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * Stays awake for a moment while an answer is on its way: to be put to sleep and woken takes longer
 * than a daemon on the same host does. Where answers do not come that soon, as from another host or
 * a busy one, it is tried now and then only. For one thread at a time.
 */
final class WakefulWait {
    static final long LONGEST_NS = 50_000;

    /** In vain one after the other, before it is given up. */
    static final int MISSES = 8;

    /** Waits that are slept through then. */
    static final int SLEPT = 500;

    private static final boolean HAS_PROCESSORS = Runtime.getRuntime().availableProcessors() > 1;

    private final LongSupplier nowNs;
    private int misses;
    private int slept;

    WakefulWait(LongSupplier nowNs) {
        this.nowNs = nowNs;
    }

    /** Returns when {@code from} has something, or when a read may as well wait for it asleep. */
    void forSomething(InputStream from) throws IOException {
        if (!HAS_PROCESSORS) return;
        if (misses == MISSES) {
            if (++slept < SLEPT) return;
            slept = 0;
            misses--;
        }
        long endNs = nowNs.getAsLong() + LONGEST_NS;
        while (from.available() == 0) {
            if (nowNs.getAsLong() - endNs >= 0) {
                misses++;
                return;
            }
            Thread.onSpinWait();
        }
        misses = 0;
    }
}
