package io.sluice.client;

/** How long to wait before the next attempt to connect: doubles, up to a limit. */
final class ReconnectDelay {
    private final long firstNs;
    private final long maxNs;
    private long nextNs;

    ReconnectDelay(long firstNs, long maxNs) {
        this.firstNs = firstNs;
        this.maxNs = maxNs;
        nextNs = firstNs;
    }

    /** The wait before the next attempt, in nanoseconds. */
    long take() {
        long taken = nextNs;
        nextNs = nextNs > maxNs / 2 ? maxNs : nextNs * 2;
        return taken;
    }

    /** True when waiting longer is not allowed. */
    boolean atLimit() {
        return nextNs >= maxNs;
    }

    void reset() {
        nextNs = firstNs;
    }
}
