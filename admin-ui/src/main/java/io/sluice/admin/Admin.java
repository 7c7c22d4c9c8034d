package io.sluice.admin;

import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.Blocking;
import io.sluice.daemon.Daemon;
import io.sluice.daemon.EventLoops;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Running;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** The admin page's server, wired up. */
public final class Admin implements Daemon<AdminOptions> {
    private static final System.Logger LOG = System.getLogger(Admin.class.getName());

    /** For {@link java.util.ServiceLoader}. */
    public Admin() {}

    @Override
    public String name() {
        return "nsqadmin";
    }

    @Override
    public AdminOptions options() {
        return new AdminOptions();
    }

    @Override
    public Running start(AdminOptions options) {
        // One loop for server and client: it is the one thread that ever sees the collector.
        Vertx vertx = EventLoops.open(1);
        try {
            HostAndPort http = listen(vertx, options);
            return new Running(Map.of(Running.HTTP, http), () -> Blocking.await(vertx.close()));
        } catch (RuntimeException | Error e) {
            Blocking.await(vertx.close());
            throw e;
        }
    }

    private static HostAndPort listen(Vertx vertx, AdminOptions options) {
        JsonGet upstream =
                new JsonGet(
                        vertx, options.httpClientConnectTimeout, options.httpClientRequestTimeout);
        Collector collector =
                new Collector(
                        upstream,
                        System::nanoTime,
                        options.lookupdHttpAddresses,
                        options.nsqdHttpAddresses);
        ApiRouter router = new ApiRouter(vertx, LOG);
        WebPage.addTo(router);
        new AdminRoutes(collector).addTo(router);
        HostAndPort wanted = options.httpAddress;
        return wanted.withPort(
                Blocking.bind(
                                "--http-address",
                                wanted,
                                vertx.createHttpServer(
                                                ApiRouter.httpOptions()
                                                        .setCompressionSupported(true))
                                        .requestHandler(request -> handle(request, router))
                                        .listen(wanted.port(), wanted.bindHost()))
                        .actualPort());
    }

    private static void handle(HttpServerRequest request, ApiRouter router) {
        WebPage.SECURITY_HEADERS.forEach(request.response()::putHeader);
        router.handle(request);
    }
}
