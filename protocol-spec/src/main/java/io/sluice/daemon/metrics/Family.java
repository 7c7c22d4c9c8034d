package io.sluice.daemon.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/** A metric in the making: what it is called and means, and its values by their labels. */
public final class Family {
    private final String name;
    private final String help;
    private final List<Labels> labels = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();

    /**
     * Without values yet.
     *
     * @param name with its unit; of a counter, without {@code _total}
     */
    public Family(String name, String help) {
        this.name = name;
        this.help = help;
    }

    /** Adds a value; labels as name, value, name, value. */
    public Family add(double value, String... namesAndValues) {
        labels.add(Labels.of(namesAndValues));
        values.add(value);
        return this;
    }

    /** As something that only grows, until the daemon starts anew. */
    public MetricSnapshot counter() {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        for (int i = 0; i < values.size(); i++) {
            family.dataPoint(
                    CounterDataPointSnapshot.builder()
                            .value(values.get(i))
                            .labels(labels.get(i))
                            .build());
        }
        return family.build();
    }

    /** As something that goes up and down. */
    public MetricSnapshot gauge() {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        for (int i = 0; i < values.size(); i++) {
            family.dataPoint(
                    GaugeDataPointSnapshot.builder()
                            .value(values.get(i))
                            .labels(labels.get(i))
                            .build());
        }
        return family.build();
    }
}
