package io.sluice.admin.cluster;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Numbers as they stand in sentences. */
public final class Words {
    private Words() {}

    /** With separators: 1,204. */
    public static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A number and what it counts: 1 message, 1,204 messages. */
    public static String count(long value, String one) {
        return number(value) + " " + one + (value == 1 ? "" : "s");
    }

    /** 1 message waits, 1,204 messages wait. */
    static String waiting(long messages) {
        return count(messages, "message") + (messages == 1 ? " waits" : " wait");
    }

    /** Per second: 0.4/s, 12/s, 1,204/s. */
    public static String rate(double perSecond) {
        String value =
                perSecond < 10
                        ? String.format(Locale.ROOT, "%.1f", perSecond)
                        : number(Math.round(perSecond));
        return value + "/s";
    }

    /** The largest two units: 45 s, 1 min 35 s, 3 h 20 min, 2 d 4 h. */
    public static String duration(long seconds) {
        if (seconds < 60) return seconds + " s";
        long minutes = TimeUnit.SECONDS.toMinutes(seconds);
        if (minutes < 60) return two(minutes, "min", seconds % 60, "s");
        if (minutes < 24 * 60) return two(minutes / 60, "h", minutes % 60, "min");
        return two(minutes / (24 * 60), "d", minutes / 60 % 24, "h");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
