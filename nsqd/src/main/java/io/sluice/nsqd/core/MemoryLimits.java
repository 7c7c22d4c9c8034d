package io.sluice.nsqd.core;

/**
 * What messages may take in memory; the rest is in the logs.
 *
 * @param queueSize messages that a topic, and each channel, has waiting at most
 * @param deferred deferred messages that a channel has at most
 * @param readAhead messages that a channel which is behind reads at once
 * @param bytes of all messages, on one loop
 */
public record MemoryLimits(int queueSize, int deferred, int readAhead, long bytes) {
    private static final int MIN_DEFERRED = 1_000;

    /**
     * Also for smaller queues: each read wakes the reader and the loop, and with a quarter of it a
     * channel drains at half the speed.
     */
    private static final int MIN_READ_AHEAD = 512;

    private static final int MAX_READ_AHEAD = 2_048;

    /** What goes with a queue size, on one loop. */
    public static MemoryLimits of(int queueSize, long bytes) {
        int readAhead = Math.max(MIN_READ_AHEAD, Math.min(MAX_READ_AHEAD, queueSize / 2));
        return new MemoryLimits(queueSize, Math.max(MIN_DEFERRED, queueSize), readAhead, bytes);
    }
}
