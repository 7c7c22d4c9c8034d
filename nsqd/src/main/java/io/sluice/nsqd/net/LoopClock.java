package io.sluice.nsqd.net;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Nanoseconds since the epoch that never go back. They follow the monotonic clock, because due
 * times must not move when somebody sets the wall clock; only when the wall clock has run ahead, as
 * after a suspended machine wakes up, do they jump forward to it.
 *
 * <p>Due times outlive the process, so two processes must agree on what time it is: each sets its
 * clock as exactly as it can.
 */
final class LoopClock {
    private static final long TOLERANCE_NS = 1_000_000_000L;

    /** A thread may be put aside between two looks at clocks, but hardly so often. */
    private static final int READINGS = 8;

    private final LongSupplier monotonic;
    private final LongSupplier wall;
    private long offsetNs;

    LoopClock() {
        this(System::nanoTime, LoopClock::wallNs);
    }

    /** A clock of these two, both in nanoseconds. */
    LoopClock(LongSupplier monotonic, LongSupplier wall) {
        this.monotonic = monotonic;
        this.wall = wall;
        offsetNs = offset(monotonic, wall);
    }

    long nowNs() {
        return monotonic.getAsLong() + offsetNs;
    }

    /** To be called now and then; reading the wall clock for every message would cost too much. */
    void catchUp() {
        long behindNs = wall.getAsLong() - nowNs();
        if (behindNs > TOLERANCE_NS) offsetNs += behindNs;
    }

    /** Of several readings the one with the least time between the clocks. */
    private static long offset(LongSupplier monotonic, LongSupplier wall) {
        long best = 0;
        long leastNs = Long.MAX_VALUE;
        for (int i = 0; i < READINGS; i++) {
            long before = monotonic.getAsLong();
            long wallNs = wall.getAsLong();
            long betweenNs = monotonic.getAsLong() - before;
            if (betweenNs < leastNs) {
                leastNs = betweenNs;
                best = wallNs - before - betweenNs / 2;
            }
        }
        return best;
    }

    /** Not in whole milliseconds, as {@link System#currentTimeMillis} has it. */
    private static long wallNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
