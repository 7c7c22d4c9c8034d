package io.sluice.admin;

import io.sluice.admin.access.Doorkeeper;
import io.sluice.admin.access.Network;
import io.sluice.admin.access.Origins;
import io.sluice.admin.api.ConfigRoutes;
import io.sluice.admin.api.Paths;
import io.sluice.admin.cluster.Collector;
import io.sluice.admin.cluster.Upstream;
import io.sluice.admin.web.ApiV2;
import io.sluice.admin.web.PageRoutes;
import io.sluice.admin.web.Site;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.Blocking;
import io.sluice.daemon.Daemon;
import io.sluice.daemon.EventLoops;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.HttpError;
import io.sluice.daemon.Running;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
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
        Doorkeeper door = new Doorkeeper(vertx, options.access.users(), options.access.identity());
        HostAndPort wanted = options.httpAddress;
        if (door.isOpen() && !isLoopback(wanted)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "everybody who reaches "
                            + wanted
                            + " may change everything: restrict that with --admin-user or"
                            + " --users-file");
        }
        Upstream upstream =
                new Upstream(
                        vertx, options.httpClientConnectTimeout, options.httpClientRequestTimeout);
        Collector collector = new Collector(vertx, upstream, System::nanoTime);
        ApiRouter router = new ApiRouter(vertx, LOG);
        Paths paths = Paths.of(options.basePath);
        Site.Plan plan =
                new Site.Plan(
                        paths,
                        door,
                        options.notificationHttpEndpoint,
                        options.devStaticDir(),
                        !options.access.noMessageView);
        Site site = new Site(vertx, router, collector, upstream, plan);
        new ConfigRoutes(collector, options.configNetwork(), config(options)).addTo(router, paths);
        Gate gate =
                new Gate(
                        vertx,
                        new Origins(options.access.allowedHosts),
                        door,
                        router,
                        site.api(),
                        paths);
        int port =
                Blocking.bind(
                                "--http-address",
                                wanted,
                                vertx.createHttpServer(
                                                ApiRouter.httpOptions()
                                                        .setCompressionSupported(true))
                                        .requestHandler(gate::handle)
                                        .listen(wanted.port(), wanted.bindHost()))
                        .actualPort();
        vertx.runOnContext(
                now -> collector.start(options.lookupdHttpAddresses, options.nsqdHttpAddresses));
        return wanted.withPort(port);
    }

    private static boolean isLoopback(HostAndPort address) {
        return address.host().equals("localhost")
                || Network.parse("127.0.0.0/8").contains(address.bindHost())
                || Network.parse("::1").contains(address.bindHost());
    }

    private static Map<String, Object> config(AdminOptions options) {
        Map<String, Object> values = new HashMap<>();
        values.put("log_level", options.common().logLevel().number());
        values.put(
                "nsqlookupd_http_addresses",
                options.lookupdHttpAddresses.stream().map(HostAndPort::toString).toList());
        values.put(
                "nsqd_http_addresses",
                options.nsqdHttpAddresses.stream().map(HostAndPort::toString).toList());
        return values;
    }

    /** What every request passes before it is routed. */
    private record Gate(
            Vertx vertx,
            Origins origins,
            Doorkeeper door,
            ApiRouter router,
            ApiV2 api,
            Paths paths) {
        void handle(HttpServerRequest request) {
            PageRoutes.SECURITY_HEADERS.forEach(request.response()::putHeader);
            try {
                origins.check(request);
            } catch (HttpError e) {
                refuse(request, e);
                return;
            }
            if (request.path().equals(paths.at("/ping"))) {
                router.handle(request);
                return;
            }
            request.pause();
            door.caller(request)
                    .onSuccess(
                            caller -> {
                                request.resume();
                                pass(request);
                            })
                    .onFailure(
                            e -> {
                                request.resume();
                                request.response()
                                        .putHeader("WWW-Authenticate", "Basic realm=\"nsqadmin\"");
                                refuse(request, e);
                            });
        }

        private void pass(HttpServerRequest request) {
            if (!request.path().equals(paths.at("/api/v2/live"))) {
                router.handle(request);
                return;
            }
            try {
                api.live(request);
            } catch (HttpError e) {
                refuse(request, e);
            }
        }

        private void refuse(HttpServerRequest request, Throwable why) {
            HttpError error =
                    why instanceof HttpError known ? known : new HttpError(500, "INTERNAL_ERROR");
            ApiRouter.refuse(vertx, request, Answer.error(error));
        }
    }
}
