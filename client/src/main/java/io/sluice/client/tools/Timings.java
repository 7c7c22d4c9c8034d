package io.sluice.client.tools;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Locale;

/** Logs how long things took, each time that so many are done. Thread-safe. */
final class Timings {
    private static final System.Logger LOG = System.getLogger(Timings.class.getName());
    private static final int MAX_EVERY = 1_000_000;
    private static final double MS_NS = 1_000_000;

    private final String name;
    private final long[] tookNs;
    private int count;
    private long total;

    /** Throws IllegalArgumentException when {@code every} is too much; 0 is for no log at all. */
    Timings(String name, int every) {
        if (every < 0 || every > MAX_EVERY) {
            throw new IllegalArgumentException(
                    "--status-every must be 0 to " + MAX_EVERY + ", not " + every);
        }
        this.name = name;
        tookNs = new long[every];
    }

    /** One more is done. */
    synchronized void add(long ns) {
        if (tookNs.length == 0) return;
        tookNs[count++] = ns;
        total++;
        if (count < tookNs.length) return;
        LOG.log(Level.INFO, status());
        count = 0;
    }

    /** As {@code [aggregate]: finished 250 - 99th: 1023.02ms - 95th: 1016.07ms - avg: 46.68ms}. */
    private String status() {
        long[] sorted = tookNs.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "[%s]: finished %d - 99th: %.2fms - 95th: %.2fms - avg: %.2fms",
                name,
                total,
                percentile(sorted, 0.99) / MS_NS,
                percentile(sorted, 0.95) / MS_NS,
                Arrays.stream(sorted).average().orElse(0) / MS_NS);
    }

    private static long percentile(long[] sorted, double part) {
        return sorted[Math.min(sorted.length - 1, (int) (part * sorted.length))];
    }
}
