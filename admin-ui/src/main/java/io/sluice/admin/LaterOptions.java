package io.sluice.admin;

import io.sluice.daemon.ConfigKey;
import io.sluice.daemon.GoDuration;
import io.sluice.daemon.NotYet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Flags of NSQ whose feature does not exist here yet and which are therefore refused. */
final class LaterOptions {
    @NotYet
    @Option(names = "--base-path", defaultValue = "/", description = "URL base path")
    String basePath;

    @NotYet
    @Option(
            names = "--dev-static-dir",
            defaultValue = "",
            description = "folder to serve the page's files from")
    String devStaticDir;

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
            names = "--notification-http-endpoint",
            defaultValue = "",
            description = "URL that is told of every action")
    String notificationHttpEndpoint;

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

    @NotYet
    @Option(
            names = "--allow-config-from-cidr",
            defaultValue = "127.0.0.1/8",
            description = "network that may use /config")
    String allowConfigFromCidr;

    @NotYet
    @Option(
            names = "--acl-http-header",
            defaultValue = "X-Forwarded-User",
            description = "header that names the user")
    String aclHttpHeader;

    @NotYet
    @ConfigKey("admin_users")
    @Option(names = "--admin-user", description = "user who may change things")
    List<String> adminUsers = new ArrayList<>();
}
