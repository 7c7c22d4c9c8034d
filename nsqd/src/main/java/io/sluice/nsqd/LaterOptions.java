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
}
