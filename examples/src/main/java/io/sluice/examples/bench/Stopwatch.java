package io.sluice.examples.bench;

import java.time.Duration;
import java.util.Optional;

/** The time and the target's processor time since a moment. */
final class Stopwatch {
    private final Target target;
    private final Optional<Duration> cpuAtStart;
    private final long startNs;

    /** Starts now. */
    Stopwatch(Target target) {
        this.target = target;
        cpuAtStart = target.cpuTime();
        startNs = System.nanoTime();
    }

    long startNs() {
        return startNs;
    }

    /** Processor time that the target has used since; NaN when it cannot be known. */
    double cpuNs() {
        if (cpuAtStart.isEmpty()) return Double.NaN;
        return target.cpuTime()
                .map(now -> (double) now.minus(cpuAtStart.get()).toNanos())
                .orElse(Double.NaN);
    }
}
