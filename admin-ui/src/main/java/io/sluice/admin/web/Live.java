package io.sluice.admin.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.Collector;
import io.sluice.admin.cluster.Json;
import io.sluice.daemon.HttpError;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Pages that stay up to date, as server-sent events: first {@code tree}, the whole of it, then
 * {@code patch}, a merge patch, whenever something has changed, and {@code beat} now and then. All
 * who look at one page share the work. Belongs to one event loop.
 */
final class Live {
    static final int MAX_VIEWERS = 1000;

    private static final long STEP_MS = 1000;
    private static final long BEAT_NS = TimeUnit.SECONDS.toNanos(5);

    private final Collector collector;
    private final Trees trees;
    private final Map<Look, Page> pages = new HashMap<>();
    private int viewers;
    private long beatNs;

    private static final class Page {
        private final Set<HttpServerResponse> viewers = new LinkedHashSet<>();
        private ObjectNode tree;
    }

    Live(Vertx vertx, Collector collector, Trees trees) {
        this.collector = collector;
        this.trees = trees;
        vertx.setPeriodic(STEP_MS, timer -> step());
    }

    /** The tree as it is now. */
    ObjectNode tree(Look look) {
        collector.watched();
        return trees.of(look, collector.view());
    }

    /** Sends events until the connection ends. */
    void add(Look look, HttpServerResponse response) {
        if (viewers >= MAX_VIEWERS) throw new HttpError(503, "TOO_MANY_VIEWERS");
        viewers++;
        Page page = pages.computeIfAbsent(look, key -> new Page());
        if (page.viewers.isEmpty()) page.tree = tree(look);
        page.viewers.add(response);
        response.closeHandler(closed -> remove(look, response));
        response.exceptionHandler(broken -> {});
        response.setChunked(true);
        response.putHeader("Content-Type", "text/event-stream; charset=utf-8");
        response.putHeader("Cache-Control", "no-store");
        response.putHeader("X-Accel-Buffering", "no");
        // A compressor would hold events back until it has enough of them.
        response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        response.write("retry: 2000\n" + event("tree", Json.write(page.tree).toString()));
    }

    private void remove(Look look, HttpServerResponse response) {
        Page page = pages.get(look);
        if (page == null || !page.viewers.remove(response)) return;
        viewers--;
        if (page.viewers.isEmpty()) pages.remove(look);
    }

    /** Tells all of what has changed, at once. */
    void step() {
        if (pages.isEmpty()) return;
        collector.watched();
        long nowNs = System.nanoTime();
        boolean beat = nowNs - beatNs >= BEAT_NS;
        if (beat) beatNs = nowNs;
        Map.copyOf(pages).forEach((look, page) -> step(look, page, beat));
    }

    private void step(Look look, Page page, boolean beat) {
        ObjectNode now = trees.of(look, collector.view());
        ObjectNode patch = MergePatch.between(page.tree, now);
        page.tree = now;
        String text = patch.isEmpty() ? "" : event("patch", Json.write(patch).toString());
        String beats = beat ? event("beat", "{}") : "";
        if (text.isEmpty() && beats.isEmpty()) return;
        for (HttpServerResponse viewer : Set.copyOf(page.viewers)) {
            // One that does not read comes back, and begins with the whole tree again.
            if (viewer.writeQueueFull()) viewer.reset();
            else viewer.write(text + beats);
        }
    }

    private static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }
}
