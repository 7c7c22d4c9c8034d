package io.sluice.lookupd;

import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.Blocking;
import io.sluice.daemon.Daemon;
import io.sluice.daemon.EventLoops;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Hostname;
import io.sluice.daemon.HttpCounts;
import io.sluice.daemon.HttpDoor;
import io.sluice.daemon.HttpPatience;
import io.sluice.daemon.ListenAddress;
import io.sluice.daemon.Listening;
import io.sluice.daemon.LiveOptions;
import io.sluice.daemon.Running;
import io.sluice.daemon.debug.DebugRoutes;
import io.sluice.lookupd.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The lookup daemon, wired up. */
public final class Lookupd implements Daemon<LookupdOptions> {
    /** Of a listener on a unix socket; nsqd is told, so that it does not ask there. */
    private static final int NO_PORT = 0;

    private static final System.Logger LOG = System.getLogger(Lookupd.class.getName());

    /** For {@link java.util.ServiceLoader}. */
    public Lookupd() {}

    @Override
    public String name() {
        return "nsqlookupd";
    }

    @Override
    public LookupdOptions options() {
        return new LookupdOptions();
    }

    @Override
    public Running start(LookupdOptions options) {
        // One loop for both listeners: it is the one thread that ever sees the registry.
        Vertx vertx = EventLoops.open(1);
        try {
            Registry registry = registry(options);
            LiveOptions<LookupdOptions> live =
                    new LiveOptions<>(this, options, changed -> use(changed, registry, vertx));
            HttpDoor door = new HttpDoor(() -> live.now().http.maxConnections());
            Map<String, ListenAddress> listening = listen(vertx, registry, options, door);
            return new Running(listening, live, () -> {}, () -> stop(vertx, listening));
        } catch (RuntimeException | Error e) {
            Blocking.await(vertx.close());
            throw e;
        }
    }

    private static void stop(Vertx vertx, Map<String, ListenAddress> listening) {
        Blocking.await(vertx.close());
        listening.values().forEach(Listening::remove);
    }

    private static Registry registry(LookupdOptions options) {
        return new Registry(
                options.inactiveProducerTimeout.toNanos(), options.tombstoneLifetime.toNanos());
    }

    private static void use(LookupdOptions changed, Registry registry, Vertx vertx) {
        vertx.runOnContext(
                v ->
                        registry.use(
                                changed.inactiveProducerTimeout.toNanos(),
                                changed.tombstoneLifetime.toNanos()));
    }

    private static Map<String, ListenAddress> listen(
            Vertx vertx, Registry registry, LookupdOptions options, HttpDoor door) {
        LongSupplier clock = clock();
        HttpCounts counts = new HttpCounts();
        ApiRouter router = new ApiRouter(vertx, LOG, counts);
        new LookupRoutes(registry, clock).addTo(router);
        new MetricsRoutes(registry, clock, counts).addTo(router);
        new DebugRoutes(vertx, options.debug.allowHeapDump()).addTo(router, "/debug/pprof");
        ListenAddress http = options.httpAddress;
        HttpServer server = vertx.createHttpServer(ApiRouter.httpOptions());
        router.serveOn(server, HttpPatience.USUAL, door);
        http = bind("--http-address", http, Listening.on(http, portOf(http), server));
        IdentityJson.Address self =
                new IdentityJson.Address(options.broadcastAddress, Hostname.get(), portOf(http));
        ListenAddress tcp = options.tcpAddress;
        LookupServer lookups = new LookupServer(registry, self, clock);
        tcp = bind("--tcp-address", tcp, lookups.listen(vertx, tcp));
        Map<String, ListenAddress> listening = new LinkedHashMap<>();
        listening.put(Running.HTTP, http);
        listening.put(Running.TCP, tcp);
        return listening;
    }

    private static ListenAddress bind(String flag, ListenAddress address, Future<Integer> port) {
        return Listening.bound(address, Blocking.bind(flag, address, port));
    }

    private static int portOf(ListenAddress address) {
        return address instanceof HostAndPort tcp ? tcp.port() : NO_PORT;
    }

    /** Nanoseconds since 1970 that never jump, whatever is done to the wall clock. */
    private static LongSupplier clock() {
        long offsetNs = System.currentTimeMillis() * 1_000_000L - System.nanoTime();
        return () -> System.nanoTime() + offsetNs;
    }
}
