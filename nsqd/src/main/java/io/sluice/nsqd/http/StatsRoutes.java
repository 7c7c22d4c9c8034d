package io.sluice.nsqd.http;

import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.nsqd.net.Loops;
import io.sluice.nsqd.stats.JvmMemory;
import io.sluice.nsqd.stats.LoopStats;
import io.sluice.nsqd.stats.MergedStats;
import io.sluice.nsqd.stats.StatsFilter;
import io.sluice.nsqd.stats.StatsJson;
import io.sluice.nsqd.stats.StatsSnapshot;
import io.sluice.nsqd.stats.StatsText;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;

/** {@code /stats}. */
final class StatsRoutes {
    private final Vertx vertx;
    private final Loops loops;
    private final HttpSettings settings;

    StatsRoutes(Vertx vertx, Loops loops, HttpSettings settings) {
        this.vertx = vertx;
        this.loops = loops;
        this.settings = settings;
    }

    void addTo(ApiRouter router) {
        router.get("/stats", this::stats);
    }

    private Answer stats(ApiRequest request) {
        StatsFilter filter =
                new StatsFilter(
                        name(request, "topic"),
                        name(request, "channel"),
                        QueryArgs.isOn(request, "include_clients", true));
        boolean withMemory = QueryArgs.isOn(request, "include_mem", true);
        boolean json = "json".equals(request.query("format"));
        // Thousands of topics take a while to write down: not at the expense of their messages.
        return Answer.later(
                loops.callAll(broker -> LoopStats.take(broker, filter))
                        .compose(
                                all ->
                                        vertx.executeBlocking(
                                                () -> {
                                                    StatsSnapshot stats =
                                                            merge(all, filter, withMemory);
                                                    return json ? json(stats) : text(stats);
                                                },
                                                false)));
    }

    private static String name(ApiRequest request, String parameter) {
        String name = request.query(parameter);
        return name == null ? "" : name;
    }

    private StatsSnapshot merge(List<LoopStats> loops, StatsFilter filter, boolean withMemory) {
        MergedStats merged = new MergedStats(loops, filter);
        return new StatsSnapshot(
                settings.health().get(),
                settings.startTime(),
                Instant.now(),
                merged.topics(),
                merged.producers(),
                withMemory ? JvmMemory.now() : null);
    }

    private static Answer json(StatsSnapshot stats) {
        return Answer.jsonBytes(200, Buffer.buffer(StatsJson.render(stats)));
    }

    private static Answer text(StatsSnapshot stats) {
        return Answer.text(StatsText.render(stats));
    }
}
