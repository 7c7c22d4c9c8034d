package io.sluice.client.tools;

import java.util.concurrent.TimeUnit;

/**
 * So many per second, and after a pause up to as many at once as a second has. Pure: times are
 * handed in.
 */
final class RateLimit {
    private final long perNs;
    private final long burst;
    private long freeNs;
    private boolean started;

    /**
     * A limit.
     *
     * @param perSecond at least 1
     */
    RateLimit(long perSecond) {
        perNs = Math.max(1, TimeUnit.SECONDS.toNanos(1) / perSecond);
        burst = perSecond;
    }

    /** How long to wait before the next one, which is counted as taken: 0 for not at all. */
    long takeNs(long nowNs) {
        if (!started) {
            freeNs = nowNs;
            started = true;
        }
        freeNs = Math.max(freeNs, nowNs - burst * perNs);
        long waitNs = Math.max(0, freeNs - nowNs);
        freeNs += perNs;
        return waitNs;
    }
}
