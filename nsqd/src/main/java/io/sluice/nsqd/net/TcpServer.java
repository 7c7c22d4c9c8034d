package io.sluice.nsqd.net;

import io.vertx.core.Future;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;

/** Accepts connections on one loop; the loops share the port. */
final class TcpServer {
    private final NetServer server;

    TcpServer(CoreLoop home, Loops loops, Negotiation negotiation) {
        server =
                home.vertx()
                        .createNetServer(new NetServerOptions().setTcpNoDelay(true))
                        .connectHandler(s -> new Connection(s, home, loops, negotiation).start());
    }

    /** Completes with the port, which matters when it was 0. */
    Future<Integer> listen(String host, int port) {
        return server.listen(port, host).map(NetServer::actualPort);
    }
}
