package io.sluice.nsqd.stats;

import io.sluice.nsqd.core.Latencies;
import io.sluice.nsqd.core.LatencyStats;
import io.sluice.nsqd.core.LatencyStats.Percentile;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;

/**
 * Latencies of the last while, in two halves: when the newer one is half a window old, it takes the
 * place of the older. So what is shown is between half a window and a whole one.
 *
 * <p>Values are exact to a thousandth. The histograms are packed, for there may be thousands of
 * channels: they take a few KiB each, and nothing before the first message.
 */
public final class LatencyWindow implements Latencies {
    /** Of three decimal digits: an error of a thousandth at most. */
    private static final int DIGITS = 3;

    /** Half a year, and what anybody would still call a latency. */
    private static final long MAX_NS = 1L << 54;

    private final List<Double> quantiles;
    private final long halfNs;
    private Histogram older;
    private Histogram newer;
    private long newerSinceNs;

    /**
     * Without latencies yet.
     *
     * @param quantiles to show, in that order; each above 0, 1 at most
     * @param windowNs how long a message counts at most
     */
    public LatencyWindow(List<Double> quantiles, long windowNs) {
        this.quantiles = quantiles;
        this.halfNs = windowNs / 2;
    }

    @Override
    public void add(long latencyNs, long nowNs) {
        move(nowNs);
        if (newer == null) newer = new PackedHistogram(DIGITS);
        // The clocks of two runs of the daemon may differ.
        newer.recordValue(Math.max(0, Math.min(latencyNs, MAX_NS)));
    }

    @Override
    public LatencyStats stats(List<Latencies> others, long nowNs) {
        Histogram sum = new PackedHistogram(DIGITS);
        addTo(sum, nowNs);
        for (Latencies other : others) ((LatencyWindow) other).addTo(sum, nowNs);
        List<Percentile> percentiles = new ArrayList<>();
        for (double quantile : quantiles) {
            percentiles.add(new Percentile(quantile, sum.getValueAtPercentile(quantile * 100)));
        }
        return new LatencyStats(sum.getTotalCount(), percentiles);
    }

    private void addTo(Histogram sum, long nowNs) {
        move(nowNs);
        if (older != null) sum.add(older);
        if (newer != null) sum.add(newer);
    }

    private void move(long nowNs) {
        long ageNs = nowNs - newerSinceNs;
        if (ageNs < halfNs) return;
        older = ageNs < 2 * halfNs ? newer : null;
        newer = null;
        newerSinceNs = nowNs;
    }
}
