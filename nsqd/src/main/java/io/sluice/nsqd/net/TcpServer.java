package io.sluice.nsqd.net;

import io.vertx.core.Future;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;

/** Accepts connections on all loops, which share one port. */
public final class TcpServer {
    private final Loops loops;
    private final Negotiation negotiation;

    /** A server whose connections keep to these settings. */
    public TcpServer(Loops loops, ConnectionSettings settings) {
        this.loops = loops;
        this.negotiation = new Negotiation(settings);
    }

    /** Completes with the port, which matters when it was 0. */
    public Future<Integer> listen(String host, int port) {
        Future<Integer> listening = Future.succeededFuture(port);
        for (int i = 0; i < loops.size(); i++) {
            CoreLoop home = loops.get(i);
            // The first loop finds out the port, the others join it there.
            listening = listening.compose(actual -> listen(home, host, actual));
        }
        return listening;
    }

    private Future<Integer> listen(CoreLoop home, String host, int port) {
        return home.onLoop(
                () -> {
                    NetServerOptions options = new NetServerOptions().setTcpNoDelay(true);
                    return home.vertx()
                            .createNetServer(options)
                            .connectHandler(
                                    s -> new Connection(s, home, loops, negotiation).start())
                            .listen(port, host)
                            .map(NetServer::actualPort);
                });
    }
}
