package io.sluice.nsqd.stats;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The lengths of the latest pauses that the collectors of this JVM made. Used by any thread. */
final class GcPauses {
    /** Pauses that are remembered, as many as in Go's runtime. */
    static final int KEPT = 256;

    private static final String COLLECTED = "com.sun.management.gc.notification";

    private final long[] pausesMs = new long[KEPT];
    private int seen;

    static GcPauses watch() {
        GcPauses pauses = new GcPauses();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            // ZGC and Shenandoah report their cycles too, most of which stop nobody.
            if (collector.getName().endsWith("Cycles")) continue;
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((n, handback) -> pauses.heard(n), null, null);
            }
        }
        return pauses;
    }

    private void heard(Notification notification) {
        if (!notification.getType().equals(COLLECTED)) return;
        CompositeData collection = (CompositeData) notification.getUserData();
        CompositeData details = (CompositeData) collection.get("gcInfo");
        add((Long) details.get("duration"));
    }

    synchronized void add(long pauseMs) {
        pausesMs[seen % KEPT] = pauseMs;
        // Counts on from the same place in the ring rather than overflow.
        seen = seen + 1 == 2 * KEPT ? KEPT : seen + 1;
    }

    synchronized int count() {
        return Math.min(seen, KEPT);
    }

    /** The pause that this percentage of pauses did not exceed; 0 when there was none. */
    synchronized long percentileUsec(int percent) {
        int count = count();
        if (count == 0) return 0;
        long[] sorted = Arrays.copyOf(pausesMs, count);
        Arrays.sort(sorted);
        int index = Math.min(count - 1, Math.round(percent * count / 100f));
        return sorted[index] * 1000;
    }
}
