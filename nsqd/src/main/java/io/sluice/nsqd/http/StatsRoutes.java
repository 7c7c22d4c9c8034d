package io.sluice.nsqd.http;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpCounts;
import io.sluice.daemon.metrics.Exposition;
import io.sluice.daemon.metrics.ProcessMetrics;
import io.sluice.nsqd.net.StatsSource;
import io.sluice.nsqd.stats.NsqdMetrics;
import io.sluice.nsqd.stats.StatsFilter;
import io.sluice.nsqd.stats.StatsJson;
import io.sluice.nsqd.stats.StatsSnapshot;
import io.sluice.nsqd.stats.StatsText;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** {@code /stats} and {@code /metrics}. */
final class StatsRoutes {
    private static final StatsFilter NO_CLIENTS = new StatsFilter("", "", false);

    private final StatsSource source;
    private final HttpCounts counts;

    StatsRoutes(StatsSource source, HttpCounts counts) {
        this.source = source;
        this.counts = counts;
    }

    void addTo(ApiRouter router) {
        router.get("/stats", this::stats);
        router.get("/metrics", request -> metrics());
    }

    private Answer stats(ApiRequest request) {
        StatsFilter filter =
                new StatsFilter(
                        name(request, "topic"),
                        name(request, "channel"),
                        QueryArgs.isOn(request, "include_clients", true));
        boolean withMemory = QueryArgs.isOn(request, "include_mem", true);
        boolean json = "json".equals(request.query("format"));
        return Answer.later(
                source.take(filter, withMemory, stats -> json ? json(stats) : text(stats)));
    }

    private Answer metrics() {
        return Answer.later(source.take(NO_CLIENTS, false, this::metrics));
    }

    private Answer metrics(StatsSnapshot stats) {
        List<Supplier<MetricSnapshot>> families = new ArrayList<>();
        families.addAll(ProcessMetrics.families("nsqd", counts));
        families.addAll(NsqdMetrics.families(stats));
        return Exposition.of(families);
    }

    private static String name(ApiRequest request, String parameter) {
        String name = request.query(parameter);
        return name == null ? "" : name;
    }

    private static Answer json(StatsSnapshot stats) {
        return Answer.jsonBytes(200, Buffer.buffer(StatsJson.render(stats)));
    }

    private static Answer text(StatsSnapshot stats) {
        return Answer.text(StatsText.render(stats));
    }
}
