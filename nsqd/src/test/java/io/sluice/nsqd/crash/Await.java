package io.sluice.nsqd.crash;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what another process brings about. */
final class Await {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /** Returns as soon as the condition holds; fails when it does not in time. */
    static void that(Supplier<String> what, BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > PATIENCE_NS) {
                throw new AssertionError("not within a minute: " + what.get());
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }
}
