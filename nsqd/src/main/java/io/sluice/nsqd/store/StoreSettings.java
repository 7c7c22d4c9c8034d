package io.sluice.nsqd.store;

import java.nio.file.Path;

/**
 * What can be chosen about logs on disk.
 *
 * @param dataPath directory of all logs; it exists
 * @param segmentBytes a segment that has grown to this size is followed by another
 * @param minFreeBytes with less than this free on disk, no message is taken
 * @param maxOpenSegments of all topics together, that are open for writing
 * @param maxPendingBytes of all topics together, that wait until they can be written
 * @param syncEvery entries of a topic after which it is synced, though nobody waits for it
 * @param syncTimeoutMs time after which it is
 * @param idleMs a log that has not grown for so long closes its files
 */
public record StoreSettings(
        Path dataPath,
        long segmentBytes,
        long minFreeBytes,
        int maxOpenSegments,
        long maxPendingBytes,
        long syncEvery,
        long syncTimeoutMs,
        long idleMs) {
    /** NSQ's --max-bytes-per-file. */
    public static final long DEFAULT_SEGMENT_BYTES = 100L << 20;

    /** Enough for a daemon to stop properly, and for its operator to notice. */
    public static final long DEFAULT_MIN_FREE_BYTES = 64L << 20;

    /** Each takes two file descriptors and about 100 KiB of memory. */
    public static final int DEFAULT_MAX_OPEN_SEGMENTS = 512;

    /**
     * What comes in while files are being opened, from more clients than there usually are; and not
     * more than a share of the heap.
     */
    public static final long DEFAULT_MAX_PENDING_BYTES =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    /** NSQ's --sync-every. */
    public static final long DEFAULT_SYNC_EVERY = 2_500;

    /** NSQ's --sync-timeout. */
    public static final long DEFAULT_SYNC_TIMEOUT_MS = 2_000;

    /** Long enough for a topic that is in use now and then. */
    public static final long DEFAULT_IDLE_MS = 60_000;

    /** All defaults, in this directory. */
    public static StoreSettings defaults(Path dataPath) {
        return new StoreSettings(
                dataPath,
                DEFAULT_SEGMENT_BYTES,
                DEFAULT_MIN_FREE_BYTES,
                DEFAULT_MAX_OPEN_SEGMENTS,
                DEFAULT_MAX_PENDING_BYTES,
                DEFAULT_SYNC_EVERY,
                DEFAULT_SYNC_TIMEOUT_MS,
                DEFAULT_IDLE_MS);
    }
}
