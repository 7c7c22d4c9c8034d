package io.sluice.nsqd.http;

import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.ConfigRoutes;
import io.sluice.daemon.HttpCounts;
import io.sluice.daemon.HttpPatience;
import io.sluice.daemon.ListenAddress;
import io.sluice.daemon.Listening;
import io.sluice.daemon.debug.DebugRoutes;
import io.sluice.nsqd.net.CoreLoop;
import io.sluice.nsqd.net.Loops;
import io.sluice.nsqd.net.StatsSource;
import io.sluice.protocol.Limits;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Serves the API on all loops, which share one port. */
public final class HttpApi {
    private static final System.Logger LOG = System.getLogger(HttpApi.class.getName());

    private final Loops loops;
    private final HttpSettings settings;
    private final StatsSource source;
    private final HttpCounts counts = new HttpCounts();
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    /** The API to the topics of these loops. */
    public HttpApi(Loops loops, StatsSource source, HttpSettings settings) {
        this.loops = loops;
        this.source = source;
        this.settings = settings;
    }

    /** Takes no more requests. */
    public Future<Void> close() {
        return Future.all(servers.stream().map(HttpServer::close).toList()).mapEmpty();
    }

    /** Completes with the port, which matters when it was 0. */
    public Future<Integer> listen(ListenAddress address) {
        return loops.listen(address, (home, port) -> listen(home, address, port));
    }

    private Future<Integer> listen(CoreLoop home, ListenAddress address, int port) {
        HttpServer server = home.vertx().createHttpServer(ApiRouter.httpOptions());
        router(home).serveOn(server, HttpPatience.USUAL);
        return Listening.on(address, port, server).onSuccess(bound -> servers.add(server));
    }

    private Limits limits() {
        return settings.connections().get().limits();
    }

    private ApiRouter router(CoreLoop home) {
        ApiRouter router = new ApiRouter(home.vertx(), LOG, counts);
        new InfoRoutes(settings).addTo(router);
        new PublishRoutes(loops, this::limits).addTo(router);
        new TopicRoutes(loops, settings.save()).addTo(router);
        new ChannelRoutes(loops, settings.save()).addTo(router);
        new StatsRoutes(source, counts).addTo(router);
        new ConfigRoutes(home.vertx(), settings.options())
                .addTo(router, () -> limits().maxMessageSize());
        DebugRoutes debug = new DebugRoutes(home.vertx(), settings.heapDumpAllowed());
        debug.addTo(router, "/debug/pprof/");
        debug.addActions(router);
        return router;
    }
}
