package io.sluice.nsqd.stats;

/**
 * The heap and its collector, under the names that Go's runtime gave them. As there, idle and in
 * use make up what is reserved, and idle less released is held without being used.
 *
 * @param heapObjects 0, for the JVM does not count its objects
 * @param heapIdleBytes reserved and not in use
 * @param heapReleasedBytes reserved and not backed by memory
 * @param gcPauseUsec100 longest of the latest pauses; in milliseconds' resolution, as are the
 *     percentiles
 * @param nextGcBytes size that the heap has now: to grow beyond it, it collects
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
