package io.sluice.lookupd;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Version;
import io.sluice.lookupd.registry.LookupSession;
import io.sluice.lookupd.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.function.LongSupplier;

/** Accepts the connections of queue daemons. */
final class LookupServer {
    private final Registry registry;
    private final IdentityJson.Address self;
    private final LongSupplier clock;

    LookupServer(Registry registry, IdentityJson.Address self, LongSupplier clock) {
        this.registry = registry;
        this.self = self;
        this.clock = clock;
    }

    /** The port, once connections are accepted. */
    Future<Integer> listen(Vertx vertx, HostAndPort address) {
        return vertx.createNetServer()
                .connectHandler(this::accept)
                .listen(address.port(), address.bindHost())
                .map(NetServer::actualPort);
    }

    private void accept(NetSocket socket) {
        HostAndPort peer =
                new HostAndPort(socket.remoteAddress().host(), socket.remoteAddress().port());
        LookupSession session =
                new LookupSession(
                        registry,
                        peer.toString(),
                        IdentityJson::read,
                        IdentityJson.greeting(self, socket.localAddress().port(), Version.FULL));
        new LookupConnection(socket, session, clock).open();
    }
}
