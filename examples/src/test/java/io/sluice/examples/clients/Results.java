package io.sluice.examples.clients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured of each library, a value a round, and the table that compares them. */
final class Results {
    private static final String RATE = "messages/s";

    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

    /** How fast so many messages went. */
    void addRate(String library, String what, int count, long elapsedNs) {
        add(library, what + ", " + RATE, count * 1e9 / elapsedNs);
    }

    /** How long each of them took; sorts them. */
    void addTimes(String library, String what, long[] ns) {
        Arrays.sort(ns);
        add(library, what + ", p50 µs", ns[ns.length / 2] / 1e3);
        add(library, what + ", p99 µs", ns[ns.length * 99 / 100] / 1e3);
    }

    private void add(String library, String what, double value) {
        values.computeIfAbsent(what, key -> new LinkedHashMap<>())
                .computeIfAbsent(library, key -> new ArrayList<>())
                .add(value);
    }

    /** Takes over what another has. */
    void addAll(Results others) {
        others.values.forEach(
                (what, libraries) ->
                        libraries.forEach(
                                (library, all) -> all.forEach(value -> add(library, what, value))));
    }

    /**
     * Medians, in brackets the middle half of the rounds, and how much better the first is; of what
     * is less than a library, the median alone.
     */
    void print(String ours, String theirs, String least) {
        System.out.printf("%-36s %30s %30s %8s %12s%n", "", ours, theirs, "better", least);
        values.forEach(
                (what, libraries) -> {
                    double[] a = sorted(libraries.get(ours));
                    double[] b = sorted(libraries.get(theirs));
                    double ratio = quantile(a, 0.5) / quantile(b, 0.5);
                    if (!what.endsWith(RATE)) ratio = 1 / ratio;
                    String c = median(libraries.get(least));
                    System.out.printf(
                            "%-36s %30s %30s %8.2f %12s%n", what, text(a), text(b), ratio, c);
                });
    }

    private static String median(List<Double> all) {
        return all == null ? "" : "%.1f".formatted(quantile(sorted(all), 0.5));
    }

    private static double[] sorted(List<Double> all) {
        return all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static String text(double[] sorted) {
        return "%.1f (%.1f .. %.1f)"
                .formatted(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75));
    }

    private static double quantile(double[] sorted, double part) {
        return sorted[(int) ((sorted.length - 1) * part + 0.5)];
    }
}
