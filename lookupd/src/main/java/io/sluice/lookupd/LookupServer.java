package io.sluice.lookupd;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.ListenAddress;
import io.sluice.daemon.Listening;
import io.sluice.daemon.Version;
import io.sluice.lookupd.registry.LookupSession;
import io.sluice.lookupd.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
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
    Future<Integer> listen(Vertx vertx, ListenAddress address) {
        int port = address instanceof HostAndPort tcp ? tcp.port() : -1;
        NetServer server = vertx.createNetServer().connectHandler(this::accept);
        return Listening.on(address, port, server);
    }

    private void accept(NetSocket socket) {
        LookupSession session =
                new LookupSession(
                        registry,
                        name(socket.remoteAddress()),
                        IdentityJson::read,
                        IdentityJson.greeting(self, socket.localAddress().port(), Version.FULL));
        new LookupConnection(socket, session, clock).open();
    }

    private static String name(SocketAddress peer) {
        // Who comes by a unix socket has no name: Go shows it like that.
        return peer.isInetSocket() ? new HostAndPort(peer.host(), peer.port()).toString() : "@";
    }
}
