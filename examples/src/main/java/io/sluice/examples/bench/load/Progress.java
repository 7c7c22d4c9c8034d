package io.sluice.examples.bench.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** How many messages all workers together have done, and when they reached the goal. */
public final class Progress {
    private final AtomicLong count = new AtomicLong();
    private final CompletableFuture<Long> reachedNs = new CompletableFuture<>();
    private volatile long goal = Long.MAX_VALUE;

    /** Adds {@code more} messages; meant to be called once per batch. */
    void add(long more) {
        if (count.addAndGet(more) >= goal) reach();
    }

    /** Says how many there are to do, once that is known. */
    public void goal(long messages) {
        goal = messages;
        if (count.get() >= messages) reach();
    }

    private void reach() {
        reachedNs.complete(System.nanoTime());
    }

    /** So far. */
    public long count() {
        return count.get();
    }

    /** The System.nanoTime() at which the goal was reached. */
    public CompletableFuture<Long> reachedNs() {
        return reachedNs;
    }
}
