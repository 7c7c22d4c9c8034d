package io.sluice.nsqd;

import io.sluice.daemon.Changeable;
import io.sluice.daemon.ConfigKey;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Hostname;
import io.sluice.daemon.ListenAddress;
import io.sluice.daemon.StartException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Flags of where the daemon listens, and of who is told that it does. */
final class AddressOptions {
    private static final int MAX_PORT = 65_535;

    private static final String NEEDED =
            "must be given: with --lookupd-tcp-address, one is announced, and there is no real one";

    @Option(
            names = "--tcp-address",
            defaultValue = "0.0.0.0:4150",
            converter = ListenAddress.Converter.class,
            description = "<addr>:<port>, or path of a unix socket, to listen on for TCP clients")
    ListenAddress tcp;

    @Option(
            names = "--http-address",
            defaultValue = "0.0.0.0:4151",
            converter = ListenAddress.OptionalConverter.class,
            description =
                    "<addr>:<port>, or path of a unix socket, to listen on for HTTP clients;"
                            + " empty for no HTTP")
    ListenAddress http;

    @Option(
            names = "--broadcast-address",
            description = "address to register with nsqlookupd (default is the hostname)")
    String broadcastAddress;

    @Option(
            names = "--broadcast-tcp-port",
            defaultValue = "0",
            description = "TCP port to register with nsqlookupd; 0 for the real one")
    int broadcastTcpPort;

    @Option(
            names = "--broadcast-http-port",
            defaultValue = "0",
            description = "HTTP port to register with nsqlookupd; 0 for the real one")
    int broadcastHttpPort;

    @Changeable
    @ConfigKey("nsqlookupd_tcp_addresses")
    @Option(
            names = "--lookupd-tcp-address",
            converter = HostAndPort.Converter.class,
            description = "lookupd TCP address (may be given multiple times)")
    List<HostAndPort> lookupds = new ArrayList<>();

    String broadcastAddress() {
        return broadcastAddress == null ? Hostname.get() : broadcastAddress;
    }

    /**
     * Where others are told to find the HTTP API.
     *
     * @param http where it listens; null for nowhere
     */
    HostAndPort broadcastHttp(ListenAddress http) {
        return new HostAndPort(broadcastAddress(), announced(broadcastHttpPort, http));
    }

    /** Likewise, where clients are told to connect. */
    HostAndPort broadcastTcp(ListenAddress tcp) {
        return new HostAndPort(broadcastAddress(), announced(broadcastTcpPort, tcp));
    }

    private static int announced(int chosen, ListenAddress real) {
        return chosen == 0 && real instanceof HostAndPort address ? address.port() : chosen;
    }

    void validate() {
        port("--broadcast-tcp-port", broadcastTcpPort);
        port("--broadcast-http-port", broadcastHttpPort);
        validateAnnounced();
    }

    private static void port(String flag, int port) {
        if (port >= 0 && port <= MAX_PORT) return;
        throw StartException.badFlag(flag, "must be 0 to " + MAX_PORT + ", not " + port);
    }

    /** Lookup nodes do not let a daemon in that says it has no ports. */
    private void validateAnnounced() {
        if (lookupds.isEmpty()) return;
        if (broadcastTcpPort == 0 && !(tcp instanceof HostAndPort)) {
            throw StartException.badFlag("--broadcast-tcp-port", NEEDED);
        }
        if (broadcastHttpPort == 0 && !(http instanceof HostAndPort)) {
            throw StartException.badFlag("--broadcast-http-port", NEEDED);
        }
    }
}
