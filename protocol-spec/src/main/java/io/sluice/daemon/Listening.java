package io.sluice.daemon;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;

/** Binding a server to an address of any kind. */
public final class Listening {
    private Listening() {}

    /**
     * Completes with the port; -1 for a unix socket.
     *
     * @param port below 0 for one of the system's choice, shared by all who say the same
     */
    public static Future<Integer> on(ListenAddress address, int port, HttpServer server) {
        return ready(address, port).compose(server::listen).map(HttpServer::actualPort);
    }

    /** As the other. */
    public static Future<Integer> on(ListenAddress address, int port, NetServer server) {
        return ready(address, port).compose(server::listen).map(NetServer::actualPort);
    }

    private static Future<SocketAddress> ready(ListenAddress address, int port) {
        if (address instanceof HostAndPort tcp) {
            return Future.succeededFuture(socket(tcp.bindHost(), port));
        }
        UnixSocket unix = (UnixSocket) address;
        try {
            unix.clear();
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
        return Future.succeededFuture(SocketAddress.domainSocketAddress(unix.path()));
    }

    private static SocketAddress socket(String host, int port) {
        return port < 0
                ? SocketAddress.sharedRandomPort(-port, host)
                : SocketAddress.inetSocketAddress(port, host);
    }

    /** The address with its real port, once it is known. */
    public static ListenAddress bound(ListenAddress address, int port) {
        return address instanceof HostAndPort tcp ? tcp.withPort(port) : address;
    }

    /** Removes what a listener leaves behind that is closed. */
    public static void remove(ListenAddress address) {
        if (address instanceof UnixSocket unix) unix.remove();
    }
}
