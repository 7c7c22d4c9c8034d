package io.sluice.examples.bench.load;

import java.io.IOException;

/** Publishes on a connection of its own, as fast as the answers come (closed loop). */
interface Publisher {
    /** Publishes until this System.nanoTime(), or until its numbers are used up. */
    void publish(long untilNs) throws IOException;
}
