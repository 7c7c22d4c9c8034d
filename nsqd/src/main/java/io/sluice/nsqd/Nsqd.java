package io.sluice.nsqd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.daemon.Blocking;
import io.sluice.daemon.Daemon;
import io.sluice.daemon.EventLoops;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Hostname;
import io.sluice.daemon.Running;
import io.sluice.daemon.Version;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.nsqd.http.HttpApi;
import io.sluice.nsqd.http.HttpSettings;
import io.sluice.nsqd.net.Announcer;
import io.sluice.nsqd.net.Loops;
import io.sluice.nsqd.net.TcpServer;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.LookupCommand;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The queue daemon: wires loops, servers and the announcer together. */
public final class Nsqd implements Daemon<NsqdOptions> {
    private static final System.Logger LOG = System.getLogger(Nsqd.class.getName());
    private static final int BUG = 70;

    /** For {@link java.util.ServiceLoader}. */
    public Nsqd() {}

    @Override
    public String name() {
        return "nsqd";
    }

    @Override
    public NsqdOptions options() {
        return new NsqdOptions();
    }

    @Override
    public Running start(NsqdOptions options) {
        int loopCount = Runtime.getRuntime().availableProcessors();
        Vertx vertx = EventLoops.open(loopCount);
        try {
            return start(options, vertx, loopCount);
        } catch (RuntimeException e) {
            Blocking.await(vertx.close());
            throw e;
        }
    }

    private static Running start(NsqdOptions options, Vertx vertx, int loopCount) {
        Announcer announcer = new Announcer();
        Loops loops =
                Blocking.await(
                        Loops.start(
                                vertx,
                                loopCount,
                                options.brokerSettings(loopCount),
                                loop -> null,
                                announcer,
                                Nsqd::die));
        announcer.attach(
                loops,
                (int) options.httpClientConnectTimeout.toMillis(),
                (int) options.httpClientRequestTimeout.toMillis());
        AtomicInteger tcpPort = new AtomicInteger(-1);
        AtomicInteger httpPort = new AtomicInteger(-1);
        HttpSettings httpSettings =
                new HttpSettings(
                        options.connectionSettings(),
                        options.broadcastAddress(),
                        Hostname.get(),
                        tcpPort::get,
                        httpPort::get,
                        OffsetDateTime.now(),
                        () -> "OK");
        HostAndPort tcp = listenTcp(options, loops);
        tcpPort.set(tcp.port());
        HostAndPort http = listenHttp(options, new HttpApi(loops, httpSettings));
        httpPort.set(http.port());
        announcer.connect(options.lookupdTcpAddresses, identify(options, tcp, http));
        Map<String, HostAndPort> listening = new LinkedHashMap<>();
        listening.put(Running.TCP, tcp);
        listening.put(Running.HTTP, http);
        return new Running(listening, () -> stop(vertx, loops, announcer));
    }

    private static HostAndPort listenTcp(NsqdOptions options, Loops loops) {
        HostAndPort address = options.tcpAddress;
        TcpServer server = new TcpServer(loops, options.connectionSettings());
        Future<Integer> port = server.listen(address.bindHost(), address.port());
        return address.withPort(Blocking.bind("--tcp-address", address, port));
    }

    private static HostAndPort listenHttp(NsqdOptions options, HttpApi api) {
        HostAndPort address = options.httpAddress;
        Future<Integer> port = api.listen(address.bindHost(), address.port());
        return address.withPort(Blocking.bind("--http-address", address, port));
    }

    /** What lookup nodes are told of this daemon. */
    private static LookupCommand.Identify identify(
            NsqdOptions options, HostAndPort tcp, HostAndPort http) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("broadcast_address", options.broadcastAddress());
        json.put("hostname", Hostname.get());
        json.put("http_port", or(options.broadcastHttpPort, http.port()));
        json.put("tcp_port", or(options.broadcastTcpPort, tcp.port()));
        json.put("topology_region", options.topologyRegion);
        json.put("topology_zone", options.topologyZone);
        json.put("version", Version.FULL);
        return new LookupCommand.Identify(Bytes.utf8(json.toString()));
    }

    private static int or(int chosen, int real) {
        return chosen == 0 ? real : chosen;
    }

    /** What is in memory goes with the process: say how much that is. */
    private static void stop(Vertx vertx, Loops loops, Announcer announcer) {
        long held =
                Blocking.await(loops.callAll(broker -> held(broker.stats(null, null, false))))
                        .stream()
                        .mapToLong(Long::longValue)
                        .sum();
        if (held > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "stopping drops {0} unfinished messages: they are in memory only",
                    held);
        }
        announcer.close();
        Blocking.await(vertx.close());
    }

    private static long held(List<TopicStats> topics) {
        long held = 0;
        for (TopicStats topic : topics) {
            held += topic.depth();
            for (ChannelStats c : topic.channels()) {
                held += c.depth() + c.inFlightCount() + c.deferredCount();
            }
        }
        return held;
    }

    /** An exception where none can be: going on could break promises, so the process ends. */
    private static void die(Throwable bug) {
        LOG.log(System.Logger.Level.ERROR, "a bug in nsqd, which ends now", bug);
        Runtime.getRuntime().halt(BUG);
    }
}
