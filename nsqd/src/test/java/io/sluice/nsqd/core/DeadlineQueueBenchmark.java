package io.sluice.nsqd.core;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the deadline of one message costs while so many others are in flight. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DeadlineQueueBenchmark {
    @Param({"2500", "250000"})
    private int inFlight;

    private final DeadlineQueue<Timeout> queue = new DeadlineQueue<>();
    private Timeout[] timeouts;
    private int oldest;
    private long nowNs;

    @Setup
    public void fill() {
        timeouts = new Timeout[inFlight];
        for (int i = 0; i < inFlight; i++) {
            timeouts[i] = new Timeout();
            queue.add(timeouts[i], ++nowNs);
        }
    }

    /** The one pushed first is finished, and another is pushed. */
    @Benchmark
    public void finishedAndPushed() {
        Timeout timeout = next();
        queue.remove(timeout);
        queue.add(timeout, ++nowNs);
    }

    @Benchmark
    public void touched() {
        queue.move(next(), ++nowNs);
    }

    private Timeout next() {
        Timeout timeout = timeouts[oldest];
        if (++oldest == inFlight) oldest = 0;
        return timeout;
    }

    private static final class Timeout extends DeadlineQueue.Entry {}
}
