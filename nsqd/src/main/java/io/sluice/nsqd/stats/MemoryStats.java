package io.sluice.nsqd.stats;

/**
 * The heap and its collector, under the names that Go's runtime gave them: what comes closest of a
 * JVM. Idle and in use together are what the heap has taken from the system.
 *
 * @param heapObjects 0, for the JVM does not count its objects
 * @param heapIdleBytes taken from the system and not in use
 * @param heapReleasedBytes within the heap's limit and not, or no longer, taken from the system
 * @param gcPauseUsec100 longest of the latest pauses; like the percentiles, in whole milliseconds
 * @param nextGcBytes size of the heap now: it collects before it grows beyond that
 */
public record MemoryStats(
        long heapObjects,
        long heapIdleBytes,
        long heapInUseBytes,
        long heapReleasedBytes,
        long gcPauseUsec100,
        long gcPauseUsec99,
        long gcPauseUsec95,
        long nextGcBytes,
        long gcTotalRuns) {}
