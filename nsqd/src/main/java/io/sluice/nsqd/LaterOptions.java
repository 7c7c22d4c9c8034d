package io.sluice.nsqd;

import picocli.CommandLine.Option;

/** Flags of NSQ that mean nothing to this daemon. They are taken, and do nothing. */
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
}
