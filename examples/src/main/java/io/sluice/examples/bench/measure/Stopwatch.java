package io.sluice.examples.bench.measure;

import io.sluice.examples.bench.daemon.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The time, and what the target has used, since a moment. */
public final class Stopwatch {
    private final Target target;
    private final Optional<Duration> cpuAtStart;
    private final OptionalLong fileBytesAtStart;
    private final long startNs;

    /** Starts now. */
    public Stopwatch(Target target) {
        this.target = target;
        cpuAtStart = target.cpuTime();
        fileBytesAtStart = target.fileBytes();
        startNs = System.nanoTime();
    }

    /** The System.nanoTime() at which it was started. */
    public long startNs() {
        return startNs;
    }

    /** Processor time that the target has used since; NaN when it cannot be known. */
    public double cpuNs() {
        if (cpuAtStart.isEmpty()) return Double.NaN;
        return target.cpuTime()
                .map(now -> (double) now.minus(cpuAtStart.get()).toNanos())
                .orElse(Double.NaN);
    }

    /** Bytes that the target has written to files since; NaN when it cannot be known. */
    public double fileBytes() {
        OptionalLong now = target.fileBytes();
        if (fileBytesAtStart.isEmpty() || now.isEmpty()) return Double.NaN;
        return now.getAsLong() - fileBytesAtStart.getAsLong();
    }
}
