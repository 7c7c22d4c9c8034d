package io.sluice.admin.cluster;

import java.util.Arrays;

/**
 * Six numbers over time, in fixed memory: one point in ten seconds for an hour, and one in five
 * minutes for a day. What was not seen is a gap, not a zero.
 */
final class Series {
    /** Seconds between two points. */
    static final int FINE_S = 10;

    static final int COARSE_S = 300;

    private static final int WIDTH = 6;
    private static final int FINE_POINTS = 360;
    private static final int COARSE_POINTS = 288;

    private final float[] fine = gaps(FINE_POINTS);
    private final float[] coarse = gaps(COARSE_POINTS);
    private long lastS;

    private static float[] gaps(int points) {
        float[] values = new float[points * WIDTH];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    /** When the last point was recorded, in seconds since 1970. */
    long lastS() {
        return lastS;
    }

    void record(long nowS, Counts counts) {
        if (nowS <= lastS && nowS / FINE_S <= lastS / FINE_S) return;
        clear(fine, FINE_S, FINE_POINTS, nowS);
        clear(coarse, COARSE_S, COARSE_POINTS, nowS);
        float[] point = {
            counts.depth(),
            counts.inFlight(),
            (float) counts.rate().in(),
            (float) counts.rate().out(),
            (float) counts.rate().timeouts(),
            (float) counts.rate().requeues()
        };
        System.arraycopy(point, 0, fine, at(nowS, FINE_S, FINE_POINTS), WIDTH);
        int at = at(nowS, COARSE_S, COARSE_POINTS);
        boolean first = Float.isNaN(coarse[at]);
        for (int i = 0; i < WIDTH; i++) {
            float before = first ? point[i] : coarse[at + i];
            // Of the depth the greatest is kept, of the others an average that leans to the latest.
            coarse[at + i] = i == 0 ? Math.max(before, point[i]) : (before * 3 + point[i]) / 4;
        }
        lastS = nowS;
    }

    /** What has passed without a record is a gap, and no longer what was there a round ago. */
    private void clear(float[] values, int step, int points, long nowS) {
        long from = Math.max(lastS / step + 1, nowS / step - points + 1);
        for (long slot = from; slot <= nowS / step; slot++) {
            int at = (int) (slot % points) * WIDTH;
            Arrays.fill(values, at, at + WIDTH, Float.NaN);
        }
    }

    private static int at(long seconds, int step, int points) {
        return (int) (seconds / step % points) * WIDTH;
    }

    /** One of the six, oldest first, up to now; the last point is the one that is being made. */
    float[] read(int which, long nowS, int points, boolean isFine) {
        int step = isFine ? FINE_S : COARSE_S;
        int kept = isFine ? FINE_POINTS : COARSE_POINTS;
        float[] values = new float[points];
        for (int i = 0; i < points; i++) {
            long slot = nowS / step - points + 1 + i;
            boolean known = slot <= lastS / step && slot > nowS / step - kept;
            float[] from = isFine ? fine : coarse;
            values[i] = known ? from[(int) (slot % kept) * WIDTH + which] : Float.NaN;
        }
        return values;
    }
}
