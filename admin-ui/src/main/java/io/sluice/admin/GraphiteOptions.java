package io.sluice.admin;

import io.sluice.admin.api.Graphite;
import io.sluice.daemon.GoDuration;
import io.sluice.daemon.StartException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags that say where nsqd's statsd metrics can be seen as charts, and under which names. */
final class GraphiteOptions {
    @Option(names = "--graphite-url", defaultValue = "", description = "where graphite is")
    String url;

    @Option(names = "--proxy-graphite", description = "fetch charts on behalf of the browser")
    boolean proxy;

    @Option(
            names = "--statsd-prefix",
            defaultValue = "nsq.%s",
            description = "of metric names, as nsqd has it; %%s is the node")
    String statsdPrefix;

    @Option(
            names = "--statsd-counter-format",
            defaultValue = "stats.counters.%s.count",
            description = "name of a counter in graphite")
    String statsdCounterFormat;

    @Option(
            names = "--statsd-gauge-format",
            defaultValue = "stats.gauges.%s",
            description = "name of a gauge in graphite")
    String statsdGaugeFormat;

    @Option(
            names = "--statsd-interval",
            defaultValue = "1m",
            converter = GoDuration.class,
            description = "nsqd's time between batches of metrics")
    Duration statsdInterval;

    void validate() {
        if (statsdInterval.toSeconds() < 1) {
            String given = GoDuration.format(statsdInterval);
            throw StartException.badFlag("--statsd-interval", "must be 1s or more, not " + given);
        }
        if (proxy && url.isEmpty()) {
            throw StartException.badFlag("--proxy-graphite", "needs a --graphite-url");
        }
        if (!url.isEmpty()) uri();
    }

    private URI uri() {
        try {
            URI uri = new URI(url.replaceFirst("/+$", ""));
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getQuery() == null) return uri;
        } catch (URISyntaxException e) {
            // The answer is the same as for any other that is none.
        }
        throw StartException.badFlag("--graphite-url", "'" + url + "' is no URL of HTTP");
    }

    /** Null without graphite. */
    Graphite.Settings settings() {
        if (url.isEmpty()) return null;
        return new Graphite.Settings(
                uri(),
                proxy,
                new Graphite.Names(statsdPrefix, statsdCounterFormat, statsdGaugeFormat),
                statsdInterval);
    }
}
