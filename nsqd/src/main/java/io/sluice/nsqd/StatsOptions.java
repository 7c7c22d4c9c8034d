package io.sluice.nsqd;

import io.sluice.daemon.ConfigKey;
import io.sluice.daemon.GoDuration;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.StartException;
import io.sluice.nsqd.core.Latencies;
import io.sluice.nsqd.net.StatsdSettings;
import io.sluice.nsqd.stats.LatencyWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Flags of what is measured, and of who is told without asking. */
final class StatsOptions {
    /** Bytes of data that a datagram can have over IPv4. */
    private static final int MAX_DATAGRAM = 65_507;

    private static final String NODE = "%s";

    @Option(
            names = "--statsd-address",
            defaultValue = "",
            description = "<addr>:<port> of a statsd daemon to push metrics to over UDP")
    String statsdAddress;

    @Option(
            names = "--statsd-interval",
            defaultValue = "1m",
            converter = GoDuration.class,
            description = "time between batches of metrics")
    Duration statsdInterval;

    @Option(
            names = "--statsd-mem-stats",
            defaultValue = "true",
            fallbackValue = "true",
            arity = "0..1",
            description = "send memory and garbage collection metrics")
    boolean statsdMemStats;

    @Option(
            names = "--statsd-prefix",
            defaultValue = "nsq.%s",
            description = "start of metric names; %%s becomes the broadcast address and port")
    String statsdPrefix;

    @Option(
            names = "--statsd-udp-packet-size",
            defaultValue = "508",
            description = "bytes of a datagram of metrics")
    int statsdUdpPacketSize;

    @Option(
            names = "--statsd-exclude-ephemeral",
            description = "skip ephemeral topics and channels when sending metrics")
    boolean statsdExcludeEphemeral;

    @ConfigKey("e2e_processing_latency_percentiles")
    @Option(
            names = "--e2e-processing-latency-percentile",
            split = ",",
            description =
                    "percentiles, above 0 and at most 1, of the time from publication to finish"
                            + " (can be given many times or with commas; default none)")
    List<Double> e2eProcessingLatencyPercentiles = new ArrayList<>();

    @Option(
            names = "--e2e-processing-latency-window-time",
            defaultValue = "10m",
            converter = GoDuration.class,
            description = "time that those percentiles look back at most")
    Duration e2eProcessingLatencyWindowTime;

    /** What makes the latencies of a channel. */
    Supplier<Latencies> latencies() {
        List<Double> quantiles = percentiles();
        if (quantiles.isEmpty()) return () -> Latencies.OFF;
        long windowNs = e2eProcessingLatencyWindowTime.toNanos();
        return () -> new LatencyWindow(quantiles, windowNs);
    }

    /** The highest first. */
    List<Double> percentiles() {
        return e2eProcessingLatencyPercentiles.stream().sorted(Comparator.reverseOrder()).toList();
    }

    /** The prefix as it is used, of the node that is reached at this address. */
    String prefix(HostAndPort node) {
        // Not toString: an IPv6 address stands there without brackets.
        String key = (node.host() + ":" + node.port()).replace('.', '_').replace(':', '_');
        String prefix = statsdPrefix.replace(NODE, key);
        return prefix.isEmpty() || prefix.endsWith(".") ? prefix : prefix + ".";
    }

    /** Null when nobody is to be told. */
    StatsdSettings statsd(HostAndPort node) {
        if (statsdAddress.isEmpty()) return null;
        return new StatsdSettings(
                HostAndPort.parse(statsdAddress),
                statsdInterval.toMillis(),
                prefix(node),
                statsdUdpPacketSize,
                statsdMemStats,
                !statsdExcludeEphemeral);
    }

    void validate() {
        for (double percentile : e2eProcessingLatencyPercentiles) {
            if (!(percentile > 0 && percentile <= 1)) {
                throw StartException.badFlag(
                        "--e2e-processing-latency-percentile",
                        "must be above 0 and at most 1, not " + percentile);
            }
        }
        atLeast("--e2e-processing-latency-window-time", e2eProcessingLatencyWindowTime, 2);
        atLeast("--statsd-interval", statsdInterval, 1);
        if (statsdUdpPacketSize < 1 || statsdUdpPacketSize > MAX_DATAGRAM) {
            throw StartException.badFlag(
                    "--statsd-udp-packet-size",
                    "must be 1 to " + MAX_DATAGRAM + ", not " + statsdUdpPacketSize);
        }
        try {
            if (!statsdAddress.isEmpty()) HostAndPort.parse(statsdAddress);
        } catch (IllegalArgumentException e) {
            throw StartException.badFlag("--statsd-address", e.getMessage());
        }
    }

    private static void atLeast(String flag, Duration value, long ms) {
        if (value.toMillis() >= ms) return;
        throw StartException.badFlag(
                flag, "must be " + ms + "ms or more, not " + GoDuration.format(value));
    }
}
