package io.sluice.examples.bench.load;

import io.sluice.examples.bench.wire.BenchException;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads and connections of one run. When one fails all connections are closed, so that none
 * waits for what will not come.
 */
public final class Crew implements AutoCloseable {
    /** A run without a single message for this long has failed. */
    private static final long STALL_S = 10;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Queue<Closeable> connections = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CompletableFuture<Object> failure = new CompletableFuture<>();
    private final AtomicLong cpuNs = new AtomicLong();

    /** What a thread does. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** Takes a connection in, to be closed with the others. */
    public <C extends Closeable> C own(C connection) {
        connections.add(connection);
        return connection;
    }

    /** Starts a thread; the future completes when its work has gone well. */
    public CompletableFuture<Void> start(String name, Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(work, done), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return done;
    }

    private void run(Work work, CompletableFuture<Void> done) {
        try {
            work.run();
            cpuNs.addAndGet(THREADS.getCurrentThreadCpuTime());
            done.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            if (failure.completeExceptionally(e)) closeConnections();
        }
    }

    /** Waits as long as there is progress and nobody fails. */
    public <T> T await(CompletableFuture<T> goal, Progress progress) {
        CompletableFuture<Object> either = CompletableFuture.anyOf(goal, failure);
        while (true) {
            long before = progress.count();
            try {
                either.get(STALL_S, TimeUnit.SECONDS);
                return goal.join();
            } catch (TimeoutException e) {
                if (progress.count() == before) throw stalled(before);
            } catch (ExecutionException e) {
                throw new BenchException(e.getCause().getMessage(), e.getCause());
            } catch (InterruptedException e) {
                throw new BenchException("interrupted", e);
            }
        }
    }

    private static BenchException stalled(long count) {
        return new BenchException(
                "nothing came for " + STALL_S + " s, after " + count + " messages");
    }

    /** Processor time of the threads that have ended well. */
    public long cpuNs() {
        return cpuNs.get();
    }

    /** Closes all connections, which ends all threads, and waits for them. */
    @Override
    public void close() {
        closeConnections();
        try {
            for (Thread thread : threads) thread.join(TimeUnit.SECONDS.toMillis(STALL_S));
        } catch (InterruptedException e) {
            throw new BenchException("interrupted", e);
        }
    }

    private void closeConnections() {
        for (Closeable connection : connections) {
            try {
                connection.close();
            } catch (IOException e) {
                throw new BenchException("cannot close a connection", e);
            }
        }
    }
}
