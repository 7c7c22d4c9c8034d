package io.sluice.nsqd.core;

import io.sluice.nsqd.sim.SimulatedLog;
import io.sluice.protocol.BodyBatch;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A broker, the names that its tests use, and what happened to its topology. */
final class TestBroker {
    static final long MS = 1_000_000L;

    /** When a test begins. */
    static final long START = 1_700_000_000_000L * MS;

    static final long PLENTY = 1 << 30;
    static final int MSG_TIMEOUT_MS = 60_000;
    static final int MAX_MSG_TIMEOUT_MS = 90_000;

    static final TopicName TOPIC = new TopicName("t");
    static final TopicName EPHEMERAL_TOPIC = new TopicName("t#ephemeral");
    static final ChannelName CHANNEL = new ChannelName("c");
    static final ChannelName OTHER = new ChannelName("d");
    static final ChannelName EPHEMERAL = new ChannelName("e#ephemeral");

    final List<TopologyEvent> events = new ArrayList<>();
    final Broker broker;
    final Map<TopicName, SimulatedLog> logs = new HashMap<>();
    private long connections;

    TestBroker(BrokerSettings settings) {
        broker = new Broker(settings, this::log, events::add);
    }

    private TopicLog log(TopicName topic) {
        SimulatedLog log = new SimulatedLog(null, 0);
        logs.put(topic, log);
        return log;
    }

    SimulatedLog log() {
        return logs.get(TOPIC);
    }

    /** Gives what the log was asked for, and what is asked for then. */
    void answer(long nowNs) {
        while (log().answer(nowNs)) {}
    }

    TestBroker(int memQueueSize) {
        this(settings(memQueueSize, 0, false));
    }

    TestBroker() {
        this(1000);
    }

    static BrokerSettings settings(int memQueueSize, int maxConsumers, boolean held) {
        return settings(memQueueSize, maxConsumers, held, Durability.MEM);
    }

    static BrokerSettings settings(
            int memQueueSize, int maxConsumers, boolean held, Durability durability) {
        return settings(memQueueSize, maxConsumers, held, durability, Topology.IGNORED);
    }

    /** Of a daemon that prefers consumers near it. */
    static BrokerSettings settings(Topology topology) {
        return settings(1000, 0, false, Durability.MEM, topology);
    }

    /** Of a daemon that measures. */
    static BrokerSettings settings(Supplier<Latencies> latencies) {
        return settings(1000, 0, false, Durability.MEM, Topology.IGNORED, latencies);
    }

    private static BrokerSettings settings(
            int memQueueSize,
            int maxConsumers,
            boolean held,
            Durability durability,
            Topology topology) {
        return settings(
                memQueueSize, maxConsumers, held, durability, topology, () -> Latencies.OFF);
    }

    private static BrokerSettings settings(
            int memQueueSize,
            int maxConsumers,
            boolean held,
            Durability durability,
            Topology topology,
            Supplier<Latencies> latencies) {
        return new BrokerSettings(
                1,
                new MemoryLimits(memQueueSize, memQueueSize, 1, PLENTY),
                MAX_MSG_TIMEOUT_MS * MS,
                maxConsumers,
                () -> held,
                BacklogLimits.NONE,
                durability,
                topology,
                latencies);
    }

    static Bytes body(String text) {
        return Bytes.utf8(text);
    }

    TestClient connect() {
        return connect(MSG_TIMEOUT_MS);
    }

    TestClient connect(int msgTimeoutMs) {
        return new TestClient(broker, client(++connections, msgTimeoutMs));
    }

    TestClient connectSampling(int sampleRate) {
        return new TestClient(broker, client(++connections, MSG_TIMEOUT_MS, sampleRate));
    }

    /** A client that says where it is. */
    TestClient connect(String region, String zone) {
        ClientSettings settings =
                new ClientSettings(
                        ++connections,
                        START,
                        "h:1",
                        "id",
                        "h",
                        "ua",
                        region,
                        zone,
                        30_000,
                        16_384,
                        250,
                        MSG_TIMEOUT_MS,
                        0,
                        ClientLink.PLAIN);
        return new TestClient(broker, settings);
    }

    static ClientSettings client(long connection, int msgTimeoutMs) {
        return client(connection, msgTimeoutMs, 0);
    }

    static ClientSettings client(long connection, int msgTimeoutMs, int sampleRate) {
        return new ClientSettings(
                connection,
                START,
                "h:1",
                "id",
                "h",
                "ua",
                "",
                "",
                30_000,
                16_384,
                250,
                msgTimeoutMs,
                sampleRate,
                ClientLink.PLAIN);
    }

    /** A consumer of the channel that is ready for {@code ready} messages. */
    TestClient consumer(ChannelName channel, int ready) {
        return connect().sub(TOPIC, channel, START).rdy(ready, START);
    }

    void publish(TopicName topic, long nowNs, String... bodies) throws Refused {
        broker.publish(topic, batch(bodies), Durability.MEM, nowNs);
    }

    /** As they come off the wire. */
    private static List<Bytes> batch(String... bodies) {
        ByteBuffer in = ByteBuffer.wrap(String.join("", bodies).getBytes(StandardCharsets.UTF_8));
        BodyBatch batch = new BodyBatch(bodies.length, in.remaining());
        for (String body : bodies) batch.take(in, body(body).length());
        return batch.bodies();
    }

    /** Publishes to {@link #TOPIC} at the start of the test. */
    void publish(String... bodies) throws Refused {
        publish(TOPIC, START, bodies);
    }

    void publishDeferred(String body, long delayMs, long nowNs) throws Refused {
        broker.publish(TOPIC, body(body), delayMs * MS, Durability.MEM, nowNs);
    }

    TopicStats topic(TopicName name) {
        return broker.stats(name, null, true).get(0);
    }

    ChannelStats channel(TopicName name, ChannelName channel) {
        return broker.stats(name, channel, true).get(0).channels().get(0);
    }

    ChannelStats channel() {
        return channel(TOPIC, CHANNEL);
    }
}
