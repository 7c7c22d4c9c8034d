package io.sluice.nsqd;

import io.sluice.daemon.ConfigKey;
import io.sluice.daemon.NotYet;
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
