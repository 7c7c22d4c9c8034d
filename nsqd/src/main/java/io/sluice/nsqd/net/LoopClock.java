package io.sluice.nsqd.net;

/**
 * Nanoseconds since the epoch that never go back. They follow the monotonic clock, because due
 * times must not move when somebody sets the wall clock; only when the wall clock has run ahead, as
 * after a suspended machine wakes up, do they jump forward to it.
 */
final class LoopClock {
    private static final long TOLERANCE_NS = 1_000_000_000L;

    private long offsetNs = wallNs() - System.nanoTime();

    long nowNs() {
        return System.nanoTime() + offsetNs;
    }

    /** To be called now and then; reading the wall clock for every message would cost too much. */
    void catchUp() {
        long behindNs = wallNs() - nowNs();
        if (behindNs > TOLERANCE_NS) offsetNs += behindNs;
    }

    private static long wallNs() {
        return System.currentTimeMillis() * 1_000_000L;
    }
}
