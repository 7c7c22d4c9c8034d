package io.sluice.examples;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what another process or thread brings about. */
final class Await {
    private static final long LOOK_AGAIN_NS = 20_000_000L;

    private Await() {}

    /** Returns as soon as the condition holds; fails when it does not in time. */
    static void that(String what, int seconds, Callable<Boolean> condition) throws Exception {
        long deadlineNs = System.nanoTime() + seconds * 1_000_000_000L;
        while (!condition.call()) {
            if (System.nanoTime() > deadlineNs) fail("not within " + seconds + " s: " + what);
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }
}
