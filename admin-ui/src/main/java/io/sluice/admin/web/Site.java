package io.sluice.admin.web;

import io.sluice.admin.access.Doorkeeper;
import io.sluice.admin.action.Actions;
import io.sluice.admin.action.Activity;
import io.sluice.admin.action.Desk;
import io.sluice.admin.api.Graphite;
import io.sluice.admin.api.NsqReads;
import io.sluice.admin.api.NsqWrites;
import io.sluice.admin.api.Paths;
import io.sluice.admin.cluster.Collector;
import io.sluice.admin.cluster.History;
import io.sluice.admin.cluster.Upstream;
import io.sluice.daemon.ApiRouter;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** All that is served, put together around one collector. */
public final class Site {
    private static final long RECORD_MS = TimeUnit.SECONDS.toMillis(10);

    private final ApiV2 api;

    /**
     * What a site is made of.
     *
     * @param notificationEndpoint empty when nobody is told
     * @param graphite null without one
     * @param folder of the page's files; null to take the jar's
     * @param messages whether bodies may be shown
     */
    public record Plan(
            Paths paths,
            Doorkeeper door,
            String notificationEndpoint,
            Graphite graphite,
            Path folder,
            boolean messages) {}

    /** Adds everything to the router, and begins to keep history. */
    public Site(Vertx vertx, ApiRouter router, Collector collector, Upstream upstream, Plan plan) {
        Activity activity = new Activity();
        Actions actions = new Actions(collector, upstream);
        Desk desk = new Desk(vertx, actions, activity, plan.notificationEndpoint());
        History history = new History();
        vertx.setPeriodic(
                RECORD_MS,
                timer -> history.record(collector.view(), System.currentTimeMillis() / 1000));
        Live live = new Live(vertx, collector, new Trees(activity, plan.graphite()));
        Peek peek = plan.messages() ? new Peek(upstream) : null;
        api = new ApiV2(collector, history, plan.door(), desk, live, peek);
        new NsqReads(collector).addTo(router, plan.paths());
        new NsqWrites(plan.door(), desk).addTo(router, plan.paths());
        Graphite.addTo(router, plan.paths(), plan.graphite());
        api.addTo(router, plan.paths());
        new PageRoutes(plan.folder(), plan.door(), live, plan.messages())
                .addTo(router, plan.paths());
    }

    /** What answers {@code /api/v2/live}. */
    public ApiV2 api() {
        return api;
    }
}
