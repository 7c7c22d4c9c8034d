package io.sluice.nsqd.net;

import io.sluice.nsqd.stats.JvmMemory;
import io.sluice.nsqd.stats.LoopStats;
import io.sluice.nsqd.stats.MergedStats;
import io.sluice.nsqd.stats.StatsFilter;
import io.sluice.nsqd.stats.StatsSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Statistics of all loops: gathered on them, put together and written down beside them. */
public final class StatsSource {
    private final Vertx vertx;
    private final Loops loops;
    private final OffsetDateTime startTime;
    private final Supplier<String> health;

    /**
     * Of these loops.
     *
     * @param startTime of the daemon, with the offset in which it is shown
     * @param health OK, or NOK and why
     */
    public StatsSource(
            Vertx vertx, Loops loops, OffsetDateTime startTime, Supplier<String> health) {
        this.vertx = vertx;
        this.loops = loops;
        this.startTime = startTime;
        this.health = health;
    }

    /**
     * What {@code use} makes of the statistics, on a thread that may take its time: thousands of
     * topics take a while to write down.
     */
    public <T> Future<T> take(
            StatsFilter filter, boolean withMemory, Function<StatsSnapshot, T> use) {
        List<Future<LoopStats>> parts = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            CoreLoop loop = loops.get(i);
            parts.add(loop.callLater((broker, part) -> Survey.of(loop, filter, part)));
        }
        return Future.all(parts)
                .compose(
                        all ->
                                vertx.executeBlocking(
                                        () -> use.apply(merge(all.list(), filter, withMemory)),
                                        false));
    }

    private StatsSnapshot merge(List<LoopStats> parts, StatsFilter filter, boolean withMemory) {
        MergedStats merged = new MergedStats(parts, filter);
        return new StatsSnapshot(
                health.get(),
                startTime,
                Instant.now(),
                merged.topics(),
                merged.producers(),
                withMemory ? JvmMemory.now() : null);
    }
}
