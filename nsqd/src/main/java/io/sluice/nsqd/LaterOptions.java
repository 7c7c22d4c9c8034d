package io.sluice.nsqd;

import io.sluice.daemon.ConfigKey;
import io.sluice.daemon.GoDuration;
import io.sluice.daemon.NotYet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Flags of NSQ that do nothing here: those that mean nothing to this daemon, and those whose
 * feature does not exist yet and which are therefore refused.
 */
final class LaterOptions {
    @Option(names = "--worker-id", description = "[deprecated] has no effect, use --node-id")
    boolean workerId;

    @Option(
            names = "--queue-scan-selection-count",
            defaultValue = "20",
            description = "has no effect: due times are exact, nothing is scanned")
    int queueScanSelectionCount;

    @Option(
            names = "--queue-scan-worker-pool-max",
            defaultValue = "4",
            description = "has no effect: due times are exact, nothing is scanned")
    int queueScanWorkerPoolMax;

    @NotYet
    @Option(
            names = "--https-address",
            defaultValue = "0.0.0.0:4152",
            description = "<addr>:<port> to listen on for HTTPS clients")
    String httpsAddress;

    @NotYet
    @ConfigKey("auth_http_addresses")
    @Option(names = "--auth-http-address", description = "address of an auth server")
    List<String> authHttpAddresses = new ArrayList<>();

    @NotYet
    @Option(names = "--auth-http-request-method", defaultValue = "get", description = "get or post")
    String authHttpRequestMethod;

    @NotYet
    @Option(names = "--statsd-address", defaultValue = "", description = "where to send metrics")
    String statsdAddress;

    @NotYet
    @Option(
            names = "--statsd-interval",
            defaultValue = "1m",
            converter = GoDuration.class,
            description = "time between batches of metrics")
    Duration statsdInterval;

    @NotYet
    @Option(
            names = "--statsd-mem-stats",
            defaultValue = "true",
            fallbackValue = "true",
            arity = "0..1",
            description = "send memory metrics")
    boolean statsdMemStats;

    @NotYet
    @Option(names = "--statsd-prefix", defaultValue = "nsq.%s", description = "of metric names")
    String statsdPrefix;

    @NotYet
    @Option(
            names = "--statsd-udp-packet-size",
            defaultValue = "508",
            description = "bytes of a datagram of metrics")
    int statsdUdpPacketSize;

    @NotYet
    @Option(names = "--statsd-exclude-ephemeral", description = "skip ephemeral topics, channels")
    boolean statsdExcludeEphemeral;

    @NotYet
    @ConfigKey("e2e_processing_latency_percentiles")
    @Option(
            names = "--e2e-processing-latency-percentile",
            description = "percentiles of the time from publish to finish")
    List<String> e2eProcessingLatencyPercentiles = new ArrayList<>();

    @NotYet
    @Option(
            names = "--e2e-processing-latency-window-time",
            defaultValue = "10m",
            converter = GoDuration.class,
            description = "window of those percentiles")
    Duration e2eProcessingLatencyWindowTime;

    @NotYet
    @Option(names = "--tls-cert", defaultValue = "", description = "path to a certificate")
    String tlsCert;

    @NotYet
    @Option(names = "--tls-key", defaultValue = "", description = "path to its key")
    String tlsKey;

    @NotYet
    @Option(
            names = "--tls-client-auth-policy",
            defaultValue = "",
            description = "require or require-verify")
    String tlsClientAuthPolicy;

    @NotYet
    @Option(names = "--tls-root-ca-file", defaultValue = "", description = "path to a CA file")
    String tlsRootCaFile;

    @NotYet
    @Option(
            names = "--tls-required",
            defaultValue = "false",
            fallbackValue = "true",
            arity = "0..1",
            description = "true, false or tcp-https")
    String tlsRequired;

    @NotYet
    @Option(
            names = "--tls-min-version",
            defaultValue = "tls1.0",
            description = "tls1.0, tls1.1, tls1.2 or tls1.3")
    String tlsMinVersion;

    @NotYet
    @Option(
            names = "--deflate",
            defaultValue = "true",
            fallbackValue = "true",
            arity = "0..1",
            description = "allow deflate compression")
    boolean deflate;

    @NotYet
    @Option(
            names = "--max-deflate-level",
            defaultValue = "6",
            description = "highest deflate level that a client can ask for")
    int maxDeflateLevel;

    @NotYet
    @Option(
            names = "--snappy",
            defaultValue = "true",
            fallbackValue = "true",
            arity = "0..1",
            description = "allow snappy compression")
    boolean snappy;

    @NotYet
    @ConfigKey("enable_experiment")
    @Option(names = "--enable-experiment", description = "topology-aware-consumption")
    List<String> enableExperiment = new ArrayList<>();
}
