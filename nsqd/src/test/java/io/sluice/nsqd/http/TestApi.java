package io.sluice.nsqd.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.daemon.Blocking;
import io.sluice.daemon.HostAndPort;
import io.sluice.nsqd.core.BacklogLimits;
import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.MemoryLimits;
import io.sluice.nsqd.core.TopicLogs;
import io.sluice.nsqd.core.Topology;
import io.sluice.nsqd.net.Access;
import io.sluice.nsqd.net.ConnectionSettings;
import io.sluice.nsqd.net.CoreLoop;
import io.sluice.nsqd.net.Loops;
import io.sluice.nsqd.net.StatsSource;
import io.sluice.nsqd.net.TcpServer;
import io.sluice.nsqd.sim.SimulatedLog;
import io.sluice.nsqd.stats.LatencyWindow;
import io.sluice.protocol.Limits;
import io.sluice.protocol.TopicName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The API on real sockets, over two loops, with limits that a test can reach. */
final class TestApi implements AutoCloseable {
    static final int MEM_QUEUE_SIZE = 5;
    static final Limits LIMITS = new Limits(64, 256, 2_500, 60_000);
    static final OffsetDateTime START_TIME = OffsetDateTime.parse("2026-11-20T11:03:22Z");

    private static final int MOST_CONNECTIONS = 1_000;
    private static final int LOOPS = 2;
    private static final HostAndPort ANY_PORT = new HostAndPort("127.0.0.1", 0);

    /** Kept, or its level would be forgotten with it. */
    private static final Logger ACCESS_LOG = Logger.getLogger(HttpApi.class.getName());

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final Queue<Throwable> bugs = new ConcurrentLinkedQueue<>();
    private final Map<TopicName, SimulatedLog> logs = new ConcurrentHashMap<>();
    private final AtomicInteger httpPort = new AtomicInteger();
    private final AtomicInteger tcpPort = new AtomicInteger();
    private final Loops loops;
    private volatile String health = "OK";

    TestApi() {
        ACCESS_LOG.setLevel(Level.WARNING);
        BrokerSettings broker =
                new BrokerSettings(
                        0,
                        new MemoryLimits(MEM_QUEUE_SIZE, MEM_QUEUE_SIZE, MEM_QUEUE_SIZE, 1 << 20),
                        900_000_000_000L,
                        0,
                        () -> false,
                        BacklogLimits.NONE,
                        Durability.MEM,
                        Topology.IGNORED,
                        () -> new LatencyWindow(List.of(1.0, 0.5), 600_000_000_000L));
        ConnectionSettings connections =
                new ConnectionSettings(
                        LIMITS,
                        "1.3.0+test",
                        60_000,
                        60_000,
                        900_000,
                        65_536,
                        250,
                        25,
                        30_000,
                        true,
                        6,
                        true,
                        "region",
                        "zone");
        HttpSettings settings =
                new HttpSettings(
                        () -> connections,
                        "broadcast.example",
                        "host1",
                        tcpPort::get,
                        httpPort::get,
                        () -> -1,
                        false,
                        Durability.MEM,
                        START_TIME,
                        () -> health,
                        Future::succeededFuture,
                        null,
                        false,
                        () -> MOST_CONNECTIONS);
        loops =
                Blocking.await(
                        Loops.start(vertx, LOOPS, broker, this::logs, event -> {}, bugs::add));
        StatsSource source = new StatsSource(vertx, loops, START_TIME, () -> health);
        TcpServer tcp = new TcpServer(loops, connections, Access.OPEN);
        tcpPort.set(Blocking.await(tcp.listen(ANY_PORT)));
        httpPort.set(Blocking.await(new HttpApi(loops, source, settings).listen(ANY_PORT)));
    }

    /** Logs that answer on their loop, as soon as it has time. */
    private TopicLogs logs(CoreLoop loop) {
        return topic -> {
            SimulatedLog log = new SimulatedLog(null, 0);
            log.onAsked(() -> loop.run(() -> log.answer(loop.nowNs())));
            logs.put(topic, log);
            return log;
        };
    }

    /** The log of an existing topic takes no more messages, and says why. */
    void refuse(String topic, String why) {
        TopicName name = new TopicName(topic);
        Blocking.await(loops.of(name).call(broker -> logs.get(name).refusal = why));
    }

    int httpPort() {
        return httpPort.get();
    }

    int tcpPort() {
        return tcpPort.get();
    }

    /** What {@code /ping} is to say from now on. */
    void health(String text) {
        health = text;
    }

    RawHttp.Reply get(String target) throws IOException {
        return RawHttp.request(httpPort(), "GET", target, new byte[0]);
    }

    RawHttp.Reply post(String target) throws IOException {
        return post(target, new byte[0]);
    }

    RawHttp.Reply post(String target, String body) throws IOException {
        return post(target, RawHttp.latin1(body));
    }

    RawHttp.Reply post(String target, byte[] body) throws IOException {
        return RawHttp.request(httpPort(), "POST", target, body);
    }

    /** The statistics in JSON; {@code query} with more parameters, or empty. */
    JsonNode stats(String query) throws IOException {
        RawHttp.Reply reply = get("/stats?format=json" + query);
        assertThat(reply.status()).isEqualTo(200);
        return JSON.readTree(reply.body());
    }

    /** The statistics of one topic, which must exist. */
    JsonNode topic(String name) throws IOException {
        return stats("&topic=" + name).get("topics").get(0);
    }

    TestClient client() throws IOException {
        return new TestClient(tcpPort());
    }

    @Override
    public void close() {
        Blocking.await(vertx.close());
        assertThat(bugs).isEmpty();
    }
}
