package io.sluice.nsqd.store;

import java.util.Arrays;

/**
 * Where some of a segment's entries are. Written by whoever goes through the segment, which may be
 * the loop that appends or a thread that reads.
 */
final class SegmentIndex {
    /** Distance of two places that are remembered; what is between is walked. */
    static final long STEP_BYTES = 64 << 10;

    private long[] lsns = new long[8];
    private long[] offsets = new long[8];
    private int count;
    private long nextOffset;

    /** A place in the segment. */
    record Place(long lsn, long offset) {}

    /** An entry is here; remembered when that is of use. */
    void add(long lsn, long offset) {
        if (offset >= nextOffset) remember(lsn, offset);
    }

    private synchronized void remember(long lsn, long offset) {
        if (offset < nextOffset) return;
        if (count == lsns.length) {
            lsns = Arrays.copyOf(lsns, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        lsns[count] = lsn;
        offsets[count] = offset;
        count++;
        nextOffset = offset + STEP_BYTES;
    }

    /** The last known place that is not behind {@code lsn}; null when there is none. */
    synchronized Place floor(long lsn) {
        int found = Arrays.binarySearch(lsns, 0, count, lsn);
        int at = found >= 0 ? found : -found - 2;
        return at < 0 ? null : new Place(lsns[at], offsets[at]);
    }
}
