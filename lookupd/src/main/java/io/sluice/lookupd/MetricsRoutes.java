package io.sluice.lookupd;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpCounts;
import io.sluice.daemon.metrics.Exposition;
import io.sluice.daemon.metrics.Family;
import io.sluice.daemon.metrics.ProcessMetrics;
import io.sluice.lookupd.registry.Producer;
import io.sluice.lookupd.registry.Registration;
import io.sluice.lookupd.registry.Registry;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** {@code /metrics}: how much is registered (spec/metrics.md). What it is, {@code /debug} tells. */
final class MetricsRoutes {
    private final Registry registry;
    private final LongSupplier clock;
    private final HttpCounts counts;

    MetricsRoutes(Registry registry, LongSupplier clock, HttpCounts counts) {
        this.registry = registry;
        this.clock = clock;
        this.counts = counts;
    }

    void addTo(ApiRouter router) {
        router.get("/metrics", request -> metrics());
    }

    private Answer metrics() {
        List<Supplier<MetricSnapshot>> families = new ArrayList<>();
        families.addAll(ProcessMetrics.families("nsqlookupd", counts));
        // Counted here, for only this loop may look at the registry.
        for (MetricSnapshot family : registered()) families.add(() -> family);
        return Exposition.of(families);
    }

    private List<MetricSnapshot> registered() {
        long nowNs = clock.getAsLong();
        int active = registry.nodes(nowNs).size();
        int channels = 0;
        for (TopicName topic : registry.topics()) channels += registry.channels(topic).size();
        int registrations = 0;
        int tombstones = 0;
        for (Producer producer : registry.producers()) {
            for (Registration registration : producer.registrations()) {
                registrations++;
                if (registry.isHidden(registration, nowNs)) tombstones++;
            }
        }
        return List.of(
                new Family("nsqlookupd_topics", "Topics that are known.")
                        .add(registry.topics().size())
                        .gauge(),
                new Family("nsqlookupd_channels", "Channels that are known.").add(channels).gauge(),
                new Family("nsqlookupd_producers", "Connected nsqds, by whether they show life.")
                        .add(active, "state", "active")
                        .add(registry.producers().size() - active, "state", "inactive")
                        .gauge(),
                new Family("nsqlookupd_registrations", "Topics of nsqds.")
                        .add(registrations)
                        .gauge(),
                new Family("nsqlookupd_tombstones", "Those of them that are hidden.")
                        .add(tombstones)
                        .gauge());
    }
}
