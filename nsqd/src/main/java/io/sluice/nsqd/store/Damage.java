package io.sluice.nsqd.store;

/**
 * Entries that cannot be read.
 *
 * @param offset where in the segment's file they were
 * @param bytes how many; 0 when unknown
 */
record Damage(SegmentFile segment, long offset, long bytes, long fromLsn, long untilLsn) {}
