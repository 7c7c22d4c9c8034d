package io.sluice.nsqd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.daemon.Blocking;
import io.sluice.daemon.EventLoops;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Hostname;
import io.sluice.daemon.Running;
import io.sluice.daemon.Version;
import io.sluice.nsqd.TlsOptions.Required;
import io.sluice.nsqd.auth.AuthServers;
import io.sluice.nsqd.core.TopologyEvent;
import io.sluice.nsqd.http.HttpApi;
import io.sluice.nsqd.http.HttpSettings;
import io.sluice.nsqd.net.Access;
import io.sluice.nsqd.net.Announcer;
import io.sluice.nsqd.net.Loops;
import io.sluice.nsqd.net.TcpServer;
import io.sluice.nsqd.net.Tls;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.LookupCommand;
import io.vertx.core.Vertx;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** One queue daemon: wires the data path, loops, servers and the announcer together. */
final class Node {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());
    private static final int BUG = 70;

    private final NsqdOptions options;
    private final DataPath dataPath;
    private final Announcer announcer = new Announcer();
    private final Vertx vertx;
    private final Loops loops;
    private final Tls tls;
    private final TcpServer tcpServer;
    private final HttpApi httpApi;
    private volatile HostAndPort tcp;
    private volatile HostAndPort http;
    private volatile HostAndPort https;

    Node(NsqdOptions options, DataPath dataPath) {
        this.options = options;
        this.dataPath = dataPath;
        int loopCount = Runtime.getRuntime().availableProcessors();
        vertx = EventLoops.open(loopCount);
        loops =
                Blocking.await(
                        Loops.start(
                                vertx,
                                loopCount,
                                options.brokerSettings(loopCount),
                                dataPath::logs,
                                this::changed,
                                Node::die));
        tls = options.tls.isOn() ? Tls.open(vertx, options.tls.settings()) : null;
        tcpServer = new TcpServer(loops, options.connectionSettings(), access());
        httpApi = new HttpApi(loops, httpSettings());
    }

    private Access access() {
        AuthServers authServers =
                options.auth.isOn() ? new AuthServers(vertx, options.authSettings()) : null;
        return new Access(tls, options.tls.required() != Required.NOBODY, authServers);
    }

    private HttpSettings httpSettings() {
        return new HttpSettings(
                options.connectionSettings(),
                options.broadcastAddress(),
                Hostname.get(),
                () -> portOf(tcp),
                () -> portOf(http),
                () -> portOf(https),
                options.tls.required() == Required.EVERYBODY,
                options.store.durability(),
                OffsetDateTime.now(),
                dataPath::health,
                dataPath::save);
    }

    private static int portOf(HostAndPort address) {
        return address == null ? -1 : address.port();
    }

    private void changed(TopologyEvent event) {
        announcer.accept(event);
        dataPath.changed();
    }

    /** Has its topics again before anybody can connect. */
    Running start() {
        announcer.attach(
                loops,
                (int) options.httpClientConnectTimeout.toMillis(),
                (int) options.httpClientRequestTimeout.toMillis());
        dataPath.restore(loops, options.maxMsgSize);
        HostAndPort address = options.tcpAddress;
        tcp =
                address.withPort(
                        Blocking.bind(
                                "--tcp-address",
                                address,
                                tcpServer.listen(address.bindHost(), address.port())));
        address = options.httpAddress;
        http =
                address.withPort(
                        Blocking.bind(
                                "--http-address",
                                address,
                                httpApi.listen(address.bindHost(), address.port())));
        listenSecurely(options.tls.httpsAddress());
        announcer.connect(options.lookupdTcpAddresses, identify());
        Map<String, HostAndPort> listening = new LinkedHashMap<>();
        listening.put(Running.TCP, tcp);
        listening.put(Running.HTTP, http);
        if (https != null) listening.put(Running.HTTPS, https);
        return new Running(listening, this::stop);
    }

    private void listenSecurely(HostAndPort address) {
        if (address == null) return;
        https =
                address.withPort(
                        Blocking.bind(
                                "--https-address",
                                address,
                                httpApi.listenSecurely(tls, address.bindHost(), address.port())));
    }

    /** What lookup nodes are told of this daemon. */
    private LookupCommand.Identify identify() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("broadcast_address", options.broadcastAddress());
        json.put("hostname", Hostname.get());
        json.put("http_port", or(options.broadcastHttpPort, http.port()));
        json.put("tcp_port", or(options.broadcastTcpPort, tcp.port()));
        json.put("topology_region", options.topology.topologyRegion);
        json.put("topology_zone", options.topology.topologyZone);
        json.put("version", Version.FULL);
        return new LookupCommand.Identify(Bytes.utf8(json.toString()));
    }

    private static int or(int chosen, int real) {
        return chosen == 0 ? real : chosen;
    }

    /** First those go who could still change something; then all that there is goes to disk. */
    void stop() {
        Blocking.await(tcpServer.close());
        Blocking.await(httpApi.close());
        announcer.close();
        dataPath.close(loops);
        Blocking.await(vertx.close());
    }

    /** An exception where none can be: going on could break promises, so the process ends. */
    private static void die(Throwable bug) {
        LOG.log(System.Logger.Level.ERROR, "a bug in nsqd, which ends now", bug);
        Runtime.getRuntime().halt(BUG);
    }
}
