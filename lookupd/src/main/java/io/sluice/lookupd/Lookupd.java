package io.sluice.lookupd;

import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.Blocking;
import io.sluice.daemon.Daemon;
import io.sluice.daemon.EventLoops;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Hostname;
import io.sluice.daemon.Running;
import io.sluice.lookupd.registry.Registry;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The lookup daemon, wired up. */
public final class Lookupd implements Daemon<LookupdOptions> {
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
            return new Running(listen(vertx, options), () -> Blocking.await(vertx.close()));
        } catch (RuntimeException | Error e) {
            Blocking.await(vertx.close());
            throw e;
        }
    }

    private static Map<String, HostAndPort> listen(Vertx vertx, LookupdOptions options) {
        Registry registry =
                new Registry(
                        options.inactiveProducerTimeout.toNanos(),
                        options.tombstoneLifetime.toNanos());
        LongSupplier clock = clock();
        ApiRouter router = new ApiRouter(vertx, LOG);
        new LookupRoutes(registry, clock).addTo(router);
        HostAndPort wanted = options.httpAddress;
        int httpPort =
                Blocking.bind(
                                "--http-address",
                                wanted,
                                vertx.createHttpServer(ApiRouter.httpOptions())
                                        .requestHandler(router)
                                        .listen(wanted.port(), wanted.bindHost()))
                        .actualPort();
        IdentityJson.Address self =
                new IdentityJson.Address(options.broadcastAddress, Hostname.get(), httpPort);
        int tcpPort =
                Blocking.bind(
                        "--tcp-address",
                        options.tcpAddress,
                        new LookupServer(registry, self, clock).listen(vertx, options.tcpAddress));
        Map<String, HostAndPort> listening = new LinkedHashMap<>();
        listening.put(Running.HTTP, wanted.withPort(httpPort));
        listening.put(Running.TCP, options.tcpAddress.withPort(tcpPort));
        return listening;
    }

    /** Nanoseconds since 1970 that never jump, whatever is done to the wall clock. */
    private static LongSupplier clock() {
        long offsetNs = System.currentTimeMillis() * 1_000_000L - System.nanoTime();
        return () -> System.nanoTime() + offsetNs;
    }
}
