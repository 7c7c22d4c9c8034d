package io.sluice.nsqd;

import io.sluice.daemon.Changeable;
import io.sluice.daemon.CommonOptions;
import io.sluice.daemon.ConfigKey;
import io.sluice.daemon.DaemonOptions;
import io.sluice.daemon.GoDuration;
import io.sluice.daemon.HttpOptions;
import io.sluice.daemon.StartException;
import io.sluice.daemon.Version;
import io.sluice.daemon.debug.DebugOptions;
import io.sluice.nsqd.auth.AuthSettings;
import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.net.ConnectionSettings;
import io.sluice.protocol.Limits;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** nsqd's flags: NSQ's names, forms and defaults (spec/flags.md). */
final class NsqdOptions implements DaemonOptions {
    private static final int PROCESSORS_A_LOOP = 4;
    private static final int MOST_LOOPS = 1_024;

    @Mixin CommonOptions common = new CommonOptions();

    @Mixin StoreOptions store = new StoreOptions();

    @Mixin TlsOptions tls = new TlsOptions();

    @Mixin CompressionOptions compression = new CompressionOptions();

    @Mixin AuthOptions auth = new AuthOptions();

    @Mixin TopologyOptions topology = new TopologyOptions();

    @Mixin StatsOptions stats = new StatsOptions();

    @Mixin DebugOptions debug = new DebugOptions();

    @Mixin HttpOptions http = new HttpOptions();

    @Mixin LaterOptions later = new LaterOptions();

    @ConfigKey("id")
    @Option(
            names = "--node-id",
            description = "unique part of message ids, 0 to 1023 (default is a hash of hostname)")
    Integer nodeId;

    @Mixin AddressOptions addresses = new AddressOptions();

    @Option(
            names = "--http-client-connect-timeout",
            defaultValue = "2s",
            converter = GoDuration.class,
            description = "timeout for connecting to the HTTP of lookup nodes and auth servers")
    Duration httpClientConnectTimeout;

    @Option(
            names = "--http-client-request-timeout",
            defaultValue = "5s",
            converter = GoDuration.class,
            description = "timeout for requests to the HTTP of lookup nodes and auth servers")
    Duration httpClientRequestTimeout;

    @Changeable
    @Option(
            names = "--msg-timeout",
            defaultValue = "1m",
            converter = GoDuration.class,
            description = "time until an unfinished message is sent again")
    Duration msgTimeout;

    @Option(
            names = "--max-msg-timeout",
            defaultValue = "15m",
            converter = GoDuration.class,
            description = "longest time that a message can be in flight, however often touched")
    Duration maxMsgTimeout;

    @Changeable
    @Option(
            names = "--max-msg-size",
            defaultValue = "1048576",
            description = "bytes of a message at most")
    int maxMsgSize;

    @Changeable
    @Option(
            names = "--max-body-size",
            defaultValue = "5242880",
            description = "bytes of a command body at most")
    int maxBodySize;

    @Changeable
    @Option(
            names = "--max-req-timeout",
            defaultValue = "1h",
            converter = GoDuration.class,
            description = "longest delay of a requeued or deferred message")
    Duration maxReqTimeout;

    @Changeable
    @Option(
            names = "--max-heartbeat-interval",
            defaultValue = "1m",
            converter = GoDuration.class,
            description = "longest heartbeat interval that a client can ask for")
    Duration maxHeartbeatInterval;

    @Changeable
    @Option(
            names = "--max-rdy-count",
            defaultValue = "2500",
            description = "highest RDY that a client can ask for")
    int maxRdyCount;

    @Changeable
    @Option(
            names = "--max-output-buffer-size",
            defaultValue = "65536",
            description = "largest output buffer, in bytes, that a client can ask for")
    int maxOutputBufferSize;

    @Changeable
    @Option(
            names = "--max-output-buffer-timeout",
            defaultValue = "30s",
            converter = GoDuration.class,
            description = "longest time between flushes that a client can ask for")
    Duration maxOutputBufferTimeout;

    @Changeable
    @Option(
            names = "--min-output-buffer-timeout",
            defaultValue = "25ms",
            converter = GoDuration.class,
            description = "shortest time between flushes that a client can ask for")
    Duration minOutputBufferTimeout;

    @Changeable
    @Option(
            names = "--output-buffer-timeout",
            defaultValue = "250ms",
            converter = GoDuration.class,
            description = "longest time between flushes when a client asks for none")
    Duration outputBufferTimeout;

    @Option(
            names = "--max-channel-consumers",
            defaultValue = "0",
            description = "consumers per channel at most; 0 for no limit")
    int maxChannelConsumers;

    @Option(
            names = "--event-loops",
            defaultValue = "0",
            description =
                    "threads that serve clients and own topics; 0 for one for every four"
                            + " processors")
    int eventLoops;

    @Override
    public CommonOptions common() {
        return common;
    }

    /**
     * One loop outruns NSQ on two processors, and a message that has to cross from one loop to
     * another costs ten times as much: there are few.
     */
    int eventLoops() {
        if (eventLoops > 0) return eventLoops;
        return Math.max(1, Runtime.getRuntime().availableProcessors() / PROCESSORS_A_LOOP);
    }

    /**
     * @param loops among which memory is shared out
     * @param held whether new topics wait for what lookup nodes know of them
     */
    BrokerSettings brokerSettings(int loops, BooleanSupplier held) {
        return new BrokerSettings(
                nodeId(),
                store.memory(loops),
                maxMsgTimeout.toNanos(),
                maxChannelConsumers,
                held,
                store.backlog(),
                store.durability(),
                topology.topology(),
                stats.latencies());
    }

    private int nodeId() {
        return nodeId == null ? NodeId.ofHost() : nodeId;
    }

    Limits limits() {
        return new Limits(maxMsgSize, maxBodySize, maxRdyCount, maxReqTimeout.toMillis());
    }

    ConnectionSettings connectionSettings() {
        return new ConnectionSettings(
                limits(),
                Version.FULL,
                (int) maxHeartbeatInterval.toMillis(),
                (int) msgTimeout.toMillis(),
                (int) maxMsgTimeout.toMillis(),
                maxOutputBufferSize,
                (int) outputBufferTimeout.toMillis(),
                (int) minOutputBufferTimeout.toMillis(),
                (int) maxOutputBufferTimeout.toMillis(),
                compression.deflate,
                compression.maxDeflateLevel,
                compression.snappy,
                topology.topologyRegion,
                topology.topologyZone);
    }

    AuthSettings authSettings() {
        return auth.settings(
                tls.tlsRootCaFile,
                (int) httpClientConnectTimeout.toMillis(),
                (int) httpClientRequestTimeout.toMillis());
    }

    @Override
    public Object shown(String key, Object value) {
        return switch (key) {
            case "log_prefix" -> value == null ? "[nsqd] " : value;
            case "id" -> nodeId();
            case "broadcast_address" -> addresses.broadcastAddress();
            case "e2e_processing_latency_percentiles" -> stats.percentiles();
            case "tls_required" -> tls.required().ordinal();
            case "tls_min_version" -> tls.oldestOnTheWire();
            case "statsd_prefix" -> stats.prefix(addresses.broadcastHttp(addresses.http));
            default -> value;
        };
    }

    @Override
    public void validate() {
        if (nodeId != null) within("--node-id", nodeId, 0, 1023);
        addresses.validate();
        store.validate();
        tls.validate();
        compression.validate();
        auth.validate();
        topology.validate();
        stats.validate();
        http.validate();
        within("--max-msg-size", maxMsgSize, 1, Integer.MAX_VALUE - 1024);
        within("--max-body-size", maxBodySize, 5 + 4, Integer.MAX_VALUE - 1024);
        within("--max-rdy-count", maxRdyCount, 1, Integer.MAX_VALUE);
        within("--max-output-buffer-size", maxOutputBufferSize, 64, Integer.MAX_VALUE);
        within("--event-loops", eventLoops, 0, MOST_LOOPS);
        within("--max-channel-consumers", maxChannelConsumers, 0, Integer.MAX_VALUE);
        milliseconds("--msg-timeout", msgTimeout);
        milliseconds("--max-msg-timeout", maxMsgTimeout);
        milliseconds("--max-req-timeout", maxReqTimeout);
        milliseconds("--max-heartbeat-interval", maxHeartbeatInterval);
        milliseconds("--max-output-buffer-timeout", maxOutputBufferTimeout);
        milliseconds("--min-output-buffer-timeout", minOutputBufferTimeout);
        milliseconds("--output-buffer-timeout", outputBufferTimeout);
        milliseconds("--http-client-connect-timeout", httpClientConnectTimeout);
        milliseconds("--http-client-request-timeout", httpClientRequestTimeout);
    }

    private static void within(String flag, int value, int min, int max) {
        if (value >= min && value <= max) return;
        String allowed = max == Integer.MAX_VALUE ? min + " or more" : min + " to " + max;
        throw StartException.badFlag(flag, "must be " + allowed + ", not " + value);
    }

    private static void milliseconds(String flag, Duration value) {
        if (value.toMillis() >= 1 && value.toMillis() <= Integer.MAX_VALUE) return;
        throw StartException.badFlag(flag, "must be 1ms to 596h, not " + GoDuration.format(value));
    }
}
