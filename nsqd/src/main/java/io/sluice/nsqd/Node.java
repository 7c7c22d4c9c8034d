package io.sluice.nsqd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.daemon.Blocking;
import io.sluice.daemon.EventLoops;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Hostname;
import io.sluice.daemon.ListenAddress;
import io.sluice.daemon.Listening;
import io.sluice.daemon.LiveOptions;
import io.sluice.daemon.Running;
import io.sluice.daemon.StartException;
import io.sluice.daemon.Version;
import io.sluice.nsqd.TlsOptions.Required;
import io.sluice.nsqd.auth.AuthServers;
import io.sluice.nsqd.core.TopologyEvent;
import io.sluice.nsqd.http.HttpApi;
import io.sluice.nsqd.http.HttpSettings;
import io.sluice.nsqd.net.Access;
import io.sluice.nsqd.net.Announcer;
import io.sluice.nsqd.net.ConnectionSettings;
import io.sluice.nsqd.net.Loops;
import io.sluice.nsqd.net.StatsSource;
import io.sluice.nsqd.net.StatsdPush;
import io.sluice.nsqd.net.StatsdSettings;
import io.sluice.nsqd.net.TcpServer;
import io.sluice.nsqd.net.Tls;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.LookupCommand;
import io.vertx.core.Future;
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
    private final OffsetDateTime startTime = OffsetDateTime.now();
    private final LiveOptions<NsqdOptions> live;
    private final StatsSource stats;
    private volatile ConnectionSettings connections;
    private volatile ListenAddress tcp;
    private volatile ListenAddress http;
    private volatile ListenAddress https;
    private StatsdPush statsdPush;

    Node(NsqdOptions options, DataPath dataPath) {
        this.options = options;
        this.dataPath = dataPath;
        this.live = new LiveOptions<>(new Nsqd(), options, this::use);
        this.connections = options.connectionSettings();
        int loopCount = options.eventLoops();
        vertx = EventLoops.open(loopCount);
        loops =
                Blocking.await(
                        Loops.start(
                                vertx,
                                loopCount,
                                options.brokerSettings(loopCount, announcer::hasLookups),
                                dataPath::logs,
                                this::changed,
                                Node::die));
        tls = options.tls.isOn() ? Tls.open(vertx, options.tls.settings()) : null;
        tcpServer = new TcpServer(loops, connections, access());
        stats = new StatsSource(vertx, loops, startTime, dataPath::health);
        httpApi = new HttpApi(loops, stats, httpSettings());
    }

    private Access access() {
        AuthServers authServers =
                options.auth.isOn() ? new AuthServers(vertx, options.authSettings()) : null;
        return new Access(tls, options.tls.required() != Required.NOBODY, authServers);
    }

    private HttpSettings httpSettings() {
        return new HttpSettings(
                () -> connections,
                options.addresses.broadcastAddress(),
                Hostname.get(),
                () -> portOf(tcp),
                () -> portOf(http),
                () -> portOf(https),
                options.tls.required() == Required.EVERYBODY,
                options.store.durability(),
                startTime,
                dataPath::health,
                dataPath::save,
                live,
                options.debug.allowHeapDump(),
                () -> live.now().http.maxConnections());
    }

    private static int portOf(ListenAddress address) {
        return address instanceof HostAndPort real ? real.port() : -1;
    }

    /** What can be changed has been. */
    private void use(NsqdOptions changed) {
        connections = changed.connectionSettings();
        tcpServer.use(connections);
        announcer.use(changed.addresses.lookupds);
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
        AddressOptions addresses = options.addresses;
        tcp = bind("--tcp-address", addresses.tcp, tcpServer.listen(addresses.tcp));
        Map<String, ListenAddress> listening = new LinkedHashMap<>();
        listening.put(Running.TCP, tcp);
        if (addresses.http != null) {
            http = bind("--http-address", addresses.http, httpApi.listen(addresses.http));
            listening.put(Running.HTTP, http);
        }
        HostAndPort secure = options.tls.httpsAddress();
        if (secure != null) {
            https = bind("--https-address", secure, httpApi.listenSecurely(tls, secure));
            listening.put(Running.HTTPS, https);
        }
        announcer.connect(addresses.lookupds, identify());
        StatsdSettings statsd = options.stats.statsd(addresses.broadcastHttp(http));
        if (statsd != null) statsdPush = StatsdPush.start(loops, stats, statsd);
        return new Running(listening, live, this::reread, this::stop);
    }

    /** Certificates, which are renewed more often than daemons are started. */
    private void reread() {
        if (tls == null) return;
        try {
            tls.read();
            Blocking.await(httpApi.renew(tls));
            LOG.log(System.Logger.Level.INFO, "reload: the certificate has been read anew");
        } catch (StartException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "reload: the certificate stays as it was: " + e.getMessage());
        }
    }

    private static ListenAddress bind(String flag, ListenAddress address, Future<Integer> port) {
        return Listening.bound(address, Blocking.bind(flag, address, port));
    }

    /** What lookup nodes are told of this daemon. */
    private LookupCommand.Identify identify() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("broadcast_address", options.addresses.broadcastAddress());
        json.put("hostname", Hostname.get());
        json.put("http_port", options.addresses.broadcastHttp(http).port());
        json.put("tcp_port", options.addresses.broadcastTcp(tcp).port());
        json.put("topology_region", options.topology.topologyRegion);
        json.put("topology_zone", options.topology.topologyZone);
        json.put("version", Version.FULL);
        return new LookupCommand.Identify(Bytes.utf8(json.toString()));
    }

    /** First those go who could still change something; then all that there is goes to disk. */
    void stop() {
        Blocking.await(tcpServer.close());
        Blocking.await(httpApi.close());
        if (tcp != null) Listening.remove(tcp);
        if (http != null) Listening.remove(http);
        announcer.close();
        if (statsdPush != null) statsdPush.close();
        dataPath.close(loops);
        Blocking.await(vertx.close());
    }

    /** An exception where none can be: going on could break promises, so the process ends. */
    private static void die(Throwable bug) {
        LOG.log(System.Logger.Level.ERROR, "a bug in nsqd, which ends now", bug);
        Runtime.getRuntime().halt(BUG);
    }
}
