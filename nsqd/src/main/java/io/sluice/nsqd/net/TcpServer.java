package io.sluice.nsqd.net;

import io.vertx.core.Future;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts connections on all loops, which share one port. */
public final class TcpServer {
    private final Loops loops;
    private final Negotiation negotiation;
    private final List<NetServer> servers = new CopyOnWriteArrayList<>();

    /** A server whose connections keep to these settings. */
    public TcpServer(Loops loops, ConnectionSettings settings, Access access) {
        this.loops = loops;
        this.negotiation = new Negotiation(settings, access);
    }

    /** Takes no more connections, and ends those that there are. */
    public Future<Void> close() {
        return Future.all(servers.stream().map(NetServer::close).toList()).mapEmpty();
    }

    /** Completes with the port, which matters when it was 0. */
    public Future<Integer> listen(String host, int port) {
        return loops.listen(port, (home, shared) -> listen(home, host, shared));
    }

    private Future<Integer> listen(CoreLoop home, String host, int port) {
        NetServerOptions options = new NetServerOptions().setTcpNoDelay(true);
        return home.vertx()
                .createNetServer(options)
                .connectHandler(s -> new Connection(s, home, loops, negotiation).start())
                .listen(port, host)
                .onSuccess(servers::add)
                .map(NetServer::actualPort);
    }
}
