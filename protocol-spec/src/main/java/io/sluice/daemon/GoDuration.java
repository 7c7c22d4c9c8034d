package io.sluice.daemon;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as Go writes them: {@code 300ms}, {@code 1.5h}, {@code 2m30s}. */
public final class GoDuration implements ITypeConverter<Duration> {
    private static final Pattern PART =
            Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");
    private static final Map<String, Long> UNIT_NS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "\u00b5s", 1_000L, // micro sign
                    "\u03bcs", 1_000L, // Greek mu
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L);
    private static final BigDecimal MOST_NS = BigDecimal.valueOf(Long.MAX_VALUE);

    /** For picocli, which makes converters itself. */
    public GoDuration() {}

    @Override
    public Duration convert(String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** Throws IllegalArgumentException, with what is allowed, on anything else. */
    public static Duration parse(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) return Duration.ZERO;
        Matcher part = PART.matcher(rest);
        BigDecimal ns = BigDecimal.ZERO;
        int at = 0;
        while (at < rest.length() && part.find(at) && part.start() == at) {
            BigDecimal unitNs = BigDecimal.valueOf(UNIT_NS.get(part.group(2)));
            ns = ns.add(new BigDecimal(part.group(1)).multiply(unitNs));
            at = part.end();
        }
        if (at < rest.length() || rest.isEmpty() || ns.compareTo(MOST_NS) > 0) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a duration: write numbers with a unit (ns, us, ms, s, m, h)"
                            + " such as 300ms, 1.5h or 2m30s, up to 2562047h47m");
        }
        return Duration.ofNanos(negative ? -ns.longValue() : ns.longValue());
    }

    /** The shortest form, as Go prints it: {@code 1m0s}, {@code 1.5s}, {@code 45.123µs}. */
    public static String format(Duration duration) {
        long ns = duration.toNanos();
        if (ns < 0) return "-" + format(duration.negated());
        if (ns == 0) return "0s";
        if (ns < 1_000) return ns + "ns";
        if (ns < 1_000_000) return decimal(ns, 3) + "\u00b5s";
        if (ns < 1_000_000_000) return decimal(ns, 6) + "ms";
        long minutes = ns / UNIT_NS.get("m");
        String seconds = decimal(ns % UNIT_NS.get("m"), 9) + "s";
        if (minutes == 0) return seconds;
        if (minutes < 60) return minutes + "m" + seconds;
        return minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }

    private static String decimal(long value, int digits) {
        BigDecimal exact = BigDecimal.valueOf(value, digits);
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
}
