package io.sluice.examples.bench;

import io.sluice.examples.bench.measure.Figure;
import io.sluice.examples.bench.measure.Sample;
import io.sluice.examples.bench.scenario.Limit;
import io.sluice.examples.bench.scenario.Scenario;
import io.sluice.examples.bench.wire.BenchException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One scenario at all sides: each is warmed up, then they take turns. */
final class Comparison {
    private final Scenario scenario;
    private final Limit limit;
    private final Map<Side, List<List<Figure>>> runsBySide = new LinkedHashMap<>();

    /** Nothing has run yet. */
    Comparison(Scenario scenario, List<Side> sides, Limit limit) {
        this.scenario = scenario;
        this.limit = limit;
        for (Side side : sides) runsBySide.put(side, new ArrayList<>());
    }

    /** Warms up and measures. */
    void run(Duration warmUp, int runs) {
        for (Side side : runsBySide.keySet()) warmUp(side, warmUp);
        for (int i = 0; i < runs; i++) {
            runsBySide.forEach((side, figures) -> figures.add(once(side, limit)));
        }
    }

    private void warmUp(Side side, Duration warmUp) {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < warmUp.toNanos()) {
            Duration time = warmUp.compareTo(limit.time()) < 0 ? warmUp : limit.time();
            once(side, new Limit(time, limit.messages()));
        }
    }

    private List<Figure> once(Side side, Limit within) {
        try {
            return scenario.run(side.target(), within);
        } catch (IOException | BenchException e) {
            throw new BenchException(
                    scenario.name() + " at " + side.name() + ": " + e.getMessage(), e);
        }
    }

    /** A heading, and a line for each figure. */
    String report() {
        List<Side> sides = List.copyOf(runsBySide.keySet());
        Table table = new Table();
        List<String> heads = new ArrayList<>(List.of(""));
        for (Side side : sides) heads.addAll(heads(side));
        if (sides.size() == 2) heads.add(sides.get(0).name() + "/" + sides.get(1).name());
        table.add(heads);
        List<Figure> figures = runsBySide.get(sides.get(0)).get(0);
        for (int i = 0; i < figures.size(); i++) table.add(row(figures.get(i), i));
        return String.format("%s: %s%n%s", scenario.name(), scenario.setting(), table);
    }

    private List<String> heads(Side side) {
        if (runsBySide.get(side).size() == 1) return List.of(side.name());
        return List.of(side.name() + ", median", "min", "max");
    }

    private List<String> row(Figure figure, int index) {
        List<String> cells = new ArrayList<>(List.of(figure.name()));
        List<Double> medians = new ArrayList<>();
        for (List<List<Figure>> runs : runsBySide.values()) {
            Sample sample =
                    new Sample(runs.stream().mapToDouble(run -> run.get(index).value()).toArray());
            cells.add(figure.unit().show(sample.median()));
            if (runs.size() > 1) {
                cells.add(figure.unit().show(sample.min()));
                cells.add(figure.unit().show(sample.max()));
            }
            medians.add(sample.median());
        }
        if (medians.size() == 2) cells.add(ratio(medians.get(0), medians.get(1)));
        return cells;
    }

    private static String ratio(double one, double other) {
        double ratio = one / other;
        return Double.isFinite(ratio) ? String.format("%.2f", ratio) : "n/a";
    }
}
