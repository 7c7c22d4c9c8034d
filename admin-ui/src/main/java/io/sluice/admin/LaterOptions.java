package io.sluice.admin;

import io.sluice.daemon.GoDuration;
import io.sluice.daemon.NotYet;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Flags of NSQ whose feature does not exist here yet and which are therefore refused. */
final class LaterOptions {
    @NotYet
    @Option(names = "--graphite-url", defaultValue = "", description = "where charts come from")
    String graphiteUrl;

    @NotYet
    @Option(names = "--proxy-graphite", description = "fetch charts on behalf of the browser")
    boolean proxyGraphite;

    @NotYet
    @Option(names = "--statsd-prefix", defaultValue = "nsq.%s", description = "of metric names")
    String statsdPrefix;

    @NotYet
    @Option(
            names = "--statsd-counter-format",
            defaultValue = "stats.counters.%s.count",
            description = "name of a counter in graphite")
    String statsdCounterFormat;

    @NotYet
    @Option(
            names = "--statsd-gauge-format",
            defaultValue = "stats.gauges.%s",
            description = "name of a gauge in graphite")
    String statsdGaugeFormat;

    @NotYet
    @Option(
            names = "--statsd-interval",
            defaultValue = "1m",
            converter = GoDuration.class,
            description = "nsqd's time between batches of metrics")
    Duration statsdInterval;

    @NotYet
    @Option(
            names = "--http-client-tls-insecure-skip-verify",
            description = "believe any certificate of a daemon")
    boolean httpClientTlsInsecureSkipVerify;

    @NotYet
    @Option(
            names = "--http-client-tls-root-ca-file",
            defaultValue = "",
            description = "path to a CA file")
    String httpClientTlsRootCaFile;

    @NotYet
    @Option(
            names = "--http-client-tls-cert",
            defaultValue = "",
            description = "path to a certificate")
    String httpClientTlsCert;

    @NotYet
    @Option(names = "--http-client-tls-key", defaultValue = "", description = "path to its key")
    String httpClientTlsKey;
}
