package io.sluice.examples.bench.load;

/**
 * When each message of an open loop is to be sent: at a steady rate, whatever the daemon does.
 *
 * @param startNs intended time of message 0
 */
public record Schedule(long startNs, int perSecond) {
    private static final long SECOND_NS = 1_000_000_000L;

    /** The intended time of a message, the first being number 0. */
    long intendedNs(long number) {
        return startNs + number * SECOND_NS / perSecond;
    }

    /** Count of messages whose time has come. */
    long dueBy(long nowNs) {
        long passedNs = nowNs - startNs;
        if (passedNs < 0) return 0;
        // Intended times are rounded down: those before the next nanosecond are due.
        return ((passedNs + 1) * perSecond + SECOND_NS - 1) / SECOND_NS;
    }
}
