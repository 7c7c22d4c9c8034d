package io.sluice.client;

import java.util.function.LongUnaryOperator;

/**
 * How a consumer slows down when messages fail and speeds up again. At level n it pauses for the
 * multiplier × 2^n, then tests with a single message: a failure raises the level, a success lowers
 * it, and both pause again until the level is 0. Pure: the time is passed in.
 */
final class Backoff {
    /** What the consumer may do now. */
    enum Phase {
        /** Take as many messages as usual. */
        NORMAL,
        /** Take none. */
        PAUSED,
        /** Take one. */
        TESTING
    }

    private final long multiplierNs;
    private final long maxNs;
    private final LongUnaryOperator spread;
    private int level;
    private boolean paused;
    private long resumeNs;

    /**
     * A backoff at level 0.
     *
     * @param maxNs longest pause; 0 never pauses
     * @param spread the pause that is made of a computed one, both in nanoseconds
     */
    Backoff(long multiplierNs, long maxNs, LongUnaryOperator spread) {
        this.multiplierNs = multiplierNs;
        this.maxNs = maxNs;
        this.spread = spread;
    }

    boolean isEnabled() {
        return multiplierNs > 0 && maxNs > 0;
    }

    Phase phase() {
        if (level == 0) return Phase.NORMAL;
        return paused ? Phase.PAUSED : Phase.TESTING;
    }

    /** A message was given back. What was handed out before a pause says nothing new in it. */
    void failed(long nowNs) {
        if (paused || !isEnabled()) return;
        // At the longest pause the level stays, and pauses again.
        if (pauseNs(level + 1) <= maxNs) level++;
        pause(nowNs);
    }

    /** A message was finished. */
    void succeeded(long nowNs) {
        if (paused || level == 0) return;
        level--;
        pause(nowNs);
    }

    /** A message was given back for no fault of its handling: pause as long again. */
    void continued(long nowNs) {
        if (!paused) pause(nowNs);
    }

    private void pause(long nowNs) {
        if (level == 0) return;
        paused = true;
        resumeNs = nowNs + spread.applyAsLong(pauseNs(level));
    }

    private long pauseNs(int level) {
        return multiplierNs << level;
    }

    /** Ends the pause when it is over. */
    void tick(long nowNs) {
        if (paused && nowNs - resumeNs >= 0) paused = false;
    }

    /** When the pause ends; meaningful in phase PAUSED. */
    long resumeNs() {
        return resumeNs;
    }
}
