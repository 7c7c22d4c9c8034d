package io.sluice.admin;

import io.sluice.admin.access.Doorkeeper;
import io.sluice.admin.access.Network;
import io.sluice.admin.access.Origins;
import io.sluice.admin.api.Graphite;
import io.sluice.admin.api.Paths;
import io.sluice.admin.cluster.Collector;
import io.sluice.admin.cluster.Upstream;
import io.sluice.admin.web.Site;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.Blocking;
import io.sluice.daemon.ConfigRoutes;
import io.sluice.daemon.Daemon;
import io.sluice.daemon.EventLoops;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.LiveOptions;
import io.sluice.daemon.Running;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.Map;

/** The admin page's server, wired up. */
public final class Admin implements Daemon<AdminOptions> {
    private static final System.Logger LOG = System.getLogger(Admin.class.getName());

    /** Bytes of the value of an option. */
    private static final int MAX_VALUE = 1024 * 1024;

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
            Upstream upstream = options.upstream.open(vertx);
            Collector collector = new Collector(vertx, upstream, System::nanoTime);
            LiveOptions<AdminOptions> live =
                    new LiveOptions<>(this, options, changed -> use(changed, collector, vertx));
            Gate gate = gate(vertx, upstream, collector, live);
            HostAndPort http = listen(vertx, options.httpAddress, gate);
            vertx.runOnContext(
                    now ->
                            collector.start(
                                    options.lookupdHttpAddresses, options.nsqdHttpAddresses));
            return new Running(
                    Map.of(Running.HTTP, http),
                    live,
                    () -> {},
                    () -> Blocking.await(vertx.close()));
        } catch (RuntimeException | Error e) {
            Blocking.await(vertx.close());
            throw e;
        }
    }

    private static void use(AdminOptions changed, Collector collector, Vertx vertx) {
        vertx.runOnContext(now -> collector.lookups(changed.lookupdHttpAddresses));
    }

    private static Gate gate(
            Vertx vertx, Upstream upstream, Collector collector, LiveOptions<AdminOptions> live) {
        AdminOptions options = live.now();
        Doorkeeper door = new Doorkeeper(vertx, options.access.users(), options.access.identity());
        warnIfOpen(door, options.httpAddress);
        ApiRouter router = new ApiRouter(vertx, LOG);
        Paths paths = Paths.of(options.basePath);
        Graphite.Settings charts = options.graphite.settings();
        Site.Plan plan =
                new Site.Plan(
                        paths,
                        door,
                        options.notificationHttpEndpoint,
                        charts == null ? null : new Graphite(vertx, paths, charts),
                        options.devStaticDir(),
                        !options.access.noMessageView);
        Site site = new Site(vertx, router, collector, upstream, plan);
        new ConfigRoutes(vertx, live).addTo(router, paths.at("/config/:option"), () -> MAX_VALUE);
        return new Gate(
                vertx,
                new Origins(options.access.allowedHosts),
                door,
                router,
                site.api(),
                paths,
                options.configNetwork());
    }

    private static void warnIfOpen(Doorkeeper door, HostAndPort address) {
        if (!door.isOpen() || isLoopback(address)) return;
        LOG.log(
                System.Logger.Level.WARNING,
                "everybody who reaches "
                        + address
                        + " may change everything: restrict that with --admin-user or"
                        + " --users-file");
    }

    private static HostAndPort listen(Vertx vertx, HostAndPort wanted, Gate gate) {
        HttpServerOptions options = ApiRouter.httpOptions().setCompressionSupported(true);
        Future<HttpServer> bound =
                vertx.createHttpServer(options)
                        .requestHandler(gate::handle)
                        .listen(wanted.port(), wanted.bindHost());
        return wanted.withPort(Blocking.bind("--http-address", wanted, bound).actualPort());
    }

    private static boolean isLoopback(HostAndPort address) {
        return address.host().equals("localhost")
                || Network.parse("127.0.0.0/8").contains(address.bindHost())
                || Network.parse("::1").contains(address.bindHost());
    }
}
