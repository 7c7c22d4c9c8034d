package io.sluice.nsqd.http;

import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.ConfigRoutes;
import io.sluice.daemon.HttpCounts;
import io.sluice.daemon.HttpDoor;
import io.sluice.daemon.HttpPatience;
import io.sluice.daemon.ListenAddress;
import io.sluice.daemon.Listening;
import io.sluice.daemon.debug.DebugRoutes;
import io.sluice.nsqd.net.CoreLoop;
import io.sluice.nsqd.net.Loops;
import io.sluice.nsqd.net.StatsSource;
import io.sluice.nsqd.net.Tls;
import io.sluice.protocol.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
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
    private final List<HttpServer> secureServers = new CopyOnWriteArrayList<>();

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
        return listen(address, ApiRouter.httpOptions());
    }

    /** As {@link #listen}, for HTTPS. */
    public Future<Integer> listenSecurely(Tls tls, ListenAddress address) {
        return listen(address, tls.secure(ApiRouter.httpOptions()));
    }

    private Future<Integer> listen(ListenAddress address, HttpServerOptions options) {
        HttpDoor door = new HttpDoor(settings.maxConnections());
        return loops.listen(
                address,
                (home, port) -> {
                    HttpServer server = server(home, options, door);
                    return Listening.on(address, port, server)
                            .onSuccess(bound -> add(server, options.isSsl()));
                });
    }

    private void add(HttpServer server, boolean isSecure) {
        servers.add(server);
        if (isSecure) secureServers.add(server);
    }

    private HttpServer server(CoreLoop home, HttpServerOptions options, HttpDoor door) {
        HttpServer server = home.vertx().createHttpServer(options);
        router(home).serveOn(server, HttpPatience.USUAL, door);
        if (settings.httpsOnly() && !options.isSsl()) {
            server.requestHandler(request -> refuse(home.vertx(), request));
        }
        return server;
    }

    /** Connections of HTTPS get from now on what this has now. */
    public Future<Void> renew(Tls tls) {
        return Future.all(
                        secureServers.stream()
                                .map(server -> server.updateSSLOptions(tls.serverOptions(), true))
                                .toList())
                .mapEmpty();
    }

    private Limits limits() {
        return settings.connections().get().limits();
    }

    /** As NSQ writes it, with its spaces. */
    private void refuse(Vertx vertx, HttpServerRequest request) {
        int port = settings.httpsPort().getAsInt();
        String text = "{\"message\": \"TLS_REQUIRED\", \"https_port\": " + port + "}";
        ApiRouter.refuse(vertx, request, Answer.jsonBytes(403, Buffer.buffer(text)));
    }

    private ApiRouter router(CoreLoop home) {
        ApiRouter router = new ApiRouter(home.vertx(), LOG, counts);
        new InfoRoutes(settings).addTo(router);
        new PublishRoutes(loops, this::limits).addTo(router);
        new TopicRoutes(loops, settings.save()).addTo(router);
        new ChannelRoutes(loops, settings.save()).addTo(router);
        new PeekRoutes(loops).addTo(router);
        new TransferRoutes(loops).addTo(router);
        new StatsRoutes(source, counts).addTo(router);
        new ConfigRoutes(home.vertx(), settings.options())
                .addTo(router, () -> limits().maxMessageSize());
        DebugRoutes debug = new DebugRoutes(home.vertx(), settings.heapDumpAllowed());
        debug.addTo(router, "/debug/pprof/");
        debug.addActions(router);
        return router;
    }
}
