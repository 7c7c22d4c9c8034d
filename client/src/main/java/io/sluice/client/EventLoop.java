package io.sluice.client;

import java.util.concurrent.Executor;

/**
 * The one thread on which a consumer decides, and the clock that it goes by. Two bodies: one with
 * real time, and one whose time a test turns.
 */
interface EventLoop extends Executor {
    /** The time in nanoseconds, from an arbitrary start. */
    long nowNs();

    /** Runs a task {@code delayNs} nanoseconds from now, unless the loop is closed by then. */
    void after(long delayNs, Runnable task);

    /** Runs nothing more; what is running ends. */
    void close();
}
