package io.sluice.nsqd.net;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one message costs from bytes that came to bytes that go, without sockets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotPathBenchmark {
    private static final int MESSAGES = 200;

    /** After so many batches what waits is dropped: else it would grow without end. */
    private static final int BATCHES_KEPT = 200;

    private final HotPath unread = new HotPath();
    private final HotPath consumed = new HotPath();
    private final byte[] mpub = unread.mpub(MESSAGES, 200);
    private final byte[] pubs = unread.pubs(MESSAGES, 100);
    private final byte[] small = unread.mpub(MESSAGES, 100);
    private int batches;

    @Setup
    public void subscribe() {
        consumed.subscribe();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void messageOfAnMpubOf200Bytes() {
        publishUnread(mpub);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void pubOf100Bytes() {
        publishUnread(pubs);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int publishedInABatchPushedAndFinished() {
        consumed.publish(small);
        return consumed.consume();
    }

    private void publishUnread(byte[] commands) {
        unread.publish(commands);
        if (++batches % BATCHES_KEPT == 0) unread.clear();
    }
}
