package io.sluice.examples.bench.measure;

/**
 * One number that a run came to.
 *
 * @param value NaN when it cannot be known
 */
public record Figure(String name, Unit unit, double value) {
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_S = 1e9;
    private static final double PER_CENT = 100;

    /** What is counted, and with how many digits it is shown. */
    public enum Unit {
        PER_SECOND("%,.0f/s"),
        MICROSECONDS("%,.2f us"),
        LATENCY("%,.0f us"),
        BYTES("%,.1f B"),
        KIB("%,.1f KiB", 1 << 10),
        MIB("%,.1f MiB", 1 << 20),
        PERCENT("%,.2f %%"),
        COUNT("%,.0f"),
        TIMES("%,.2f");

        private final String format;
        private final int bytes;

        Unit(String format) {
            this(format, 1);
        }

        /** A unit of memory of so many bytes. */
        Unit(String format, int bytes) {
            this.format = format;
            this.bytes = bytes;
        }

        /** With its digits and the unit; n/a for NaN. */
        public String show(double value) {
            return Double.isNaN(value) ? "n/a" : String.format(format, value);
        }
    }

    /** So many in a second. */
    public static Figure rate(String what, long count, long elapsedNs) {
        return new Figure(what, Unit.PER_SECOND, count * NS_PER_S / elapsedNs);
    }

    /** A plain number. */
    public static Figure count(String what, long count) {
        return new Figure(what, Unit.COUNT, count);
    }

    /** Processor time of each of {@code count} messages. */
    public static Figure cost(String whose, double cpuNs, long count) {
        return new Figure(whose + " CPU/message", Unit.MICROSECONDS, cpuNs / NS_PER_US / count);
    }

    /** Bytes written to files for each of {@code count} messages. */
    public static Figure written(double fileBytes, long count) {
        return new Figure("written/message", Unit.BYTES, fileBytes / count);
    }

    /** Of so many bytes, in {@code unit}. */
    static Figure memory(String name, Unit unit, double bytes) {
        return new Figure(name, unit, bytes / unit.bytes);
    }

    /** What {@code partNs} is of the whole. */
    public static Figure share(String name, double partNs, long wholeNs) {
        return new Figure(name, Unit.PERCENT, PER_CENT * partNs / wholeNs);
    }

    /** How many times as much. */
    public static Figure times(String name, double times) {
        return new Figure(name, Unit.TIMES, times);
    }

    /** Of nanoseconds, shown in microseconds. */
    public static Figure latency(String name, double ns) {
        return new Figure(name, Unit.LATENCY, ns / NS_PER_US);
    }
}
