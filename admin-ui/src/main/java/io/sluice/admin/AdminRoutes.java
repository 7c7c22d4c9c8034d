package io.sluice.admin;

import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import java.util.List;
import java.util.function.Function;

/** The JSON that scripts know from NSQ, and the one answer from which the page is drawn. */
final class AdminRoutes {
    private final Collector collector;

    AdminRoutes(Collector collector) {
        this.collector = collector;
    }

    void addTo(ApiRouter router) {
        router.get("/ping", request -> Answer.plain(200, "OK"));
        router.get("/api/topics", this::topics);
        router.get("/api/nodes", request -> answer(AdminRoutes::nodes));
        router.get("/api/v2/cluster", request -> answer(AdminRoutes::cluster)).unlogged();
    }

    private Answer answer(Function<ClusterView, Answer> form) {
        return Answer.later(collector.view().map(form));
    }

    private static Answer cluster(ClusterView view) {
        return fresh(view.cluster());
    }

    private Answer topics(ApiRequest request) {
        if ("true".equals(request.query("inactive"))) {
            throw new HttpError(501, "INACTIVE_TOPICS_NOT_SUPPORTED_YET");
        }
        return answer(view -> fresh(new TopicList(view.topicNames(), message(view))));
    }

    private static Answer nodes(ClusterView view) {
        return fresh(new NodeList(view.nodeList(), message(view)));
    }

    /** NSQ's way to say that something is missing; status 502 when everything is. */
    private static String message(ClusterView view) {
        List<String> problems = view.problems();
        String joined = String.join("; ", problems);
        if (view.nothingAnswered()) throw new HttpError(502, "UPSTREAM_ERROR: " + joined);
        return problems.isEmpty() ? "" : "WARNING: " + joined;
    }

    private static Answer fresh(Object value) {
        return Answer.jsonBytes(200, Json.write(value)).header("Cache-Control", "no-store");
    }

    /** NSQ's {@code GET /api/topics}. */
    record TopicList(List<String> topics, String message) {}
}
