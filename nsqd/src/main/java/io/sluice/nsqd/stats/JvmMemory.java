package io.sluice.nsqd.stats;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/**
 * The memory of this JVM. Nothing is loaded or watched before it is first asked for, so that who
 * never asks does not pay; pauses are known from then on.
 */
public final class JvmMemory {
    private static final GcPauses PAUSES = GcPauses.watch();

    private JvmMemory() {}

    /** How things are now. */
    public static MemoryStats now() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new MemoryStats(
                0,
                heap.getCommitted() - heap.getUsed(),
                heap.getUsed(),
                Math.max(heap.getMax(), heap.getCommitted()) - heap.getCommitted(),
                PAUSES.percentileUsec(100),
                PAUSES.percentileUsec(99),
                PAUSES.percentileUsec(95),
                heap.getCommitted(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                        .sum());
    }
}
