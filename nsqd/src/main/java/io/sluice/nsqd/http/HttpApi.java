package io.sluice.nsqd.http;

import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRouter;
import io.sluice.nsqd.net.CoreLoop;
import io.sluice.nsqd.net.Loops;
import io.sluice.nsqd.net.Tls;
import io.vertx.core.Future;
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
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    /** The API to the topics of these loops. */
    public HttpApi(Loops loops, HttpSettings settings) {
        this.loops = loops;
        this.settings = settings;
    }

    /** Takes no more requests. */
    public Future<Void> close() {
        return Future.all(servers.stream().map(HttpServer::close).toList()).mapEmpty();
    }

    /** Completes with the port, which matters when it was 0. */
    public Future<Integer> listen(String host, int port) {
        HttpServerOptions options = ApiRouter.httpOptions();
        return loops.listen(port, (home, shared) -> listen(home, options, host, shared));
    }

    /** As {@link #listen}, for HTTPS. */
    public Future<Integer> listenSecurely(Tls tls, String host, int port) {
        HttpServerOptions options = tls.secure(ApiRouter.httpOptions());
        return loops.listen(port, (home, shared) -> listen(home, options, host, shared));
    }

    private Future<Integer> listen(
            CoreLoop home, HttpServerOptions options, String host, int port) {
        boolean refuses = settings.httpsOnly() && !options.isSsl();
        return home.vertx()
                .createHttpServer(options)
                .requestHandler(refuses ? this::refuse : router(home))
                .listen(port, host)
                .onSuccess(servers::add)
                .map(HttpServer::actualPort);
    }

    /** As NSQ writes it, with its spaces. */
    private void refuse(HttpServerRequest request) {
        int port = settings.httpsPort().getAsInt();
        String text = "{\"message\": \"TLS_REQUIRED\", \"https_port\": " + port + "}";
        ApiRouter.refuse(request, Answer.jsonBytes(403, Buffer.buffer(text)));
    }

    private ApiRouter router(CoreLoop home) {
        ApiRouter router = new ApiRouter(home.vertx(), LOG);
        new InfoRoutes(settings).addTo(router);
        new PublishRoutes(loops, settings.connections().limits()).addTo(router);
        new TopicRoutes(loops, settings.save()).addTo(router);
        new ChannelRoutes(loops, settings.save()).addTo(router);
        new StatsRoutes(home.vertx(), loops, settings).addTo(router);
        return router;
    }
}
