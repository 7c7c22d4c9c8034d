package io.sluice.daemon;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Lets so many connections at a time into one HTTP listener. Used by any thread. */
public final class HttpDoor {
    private final IntSupplier most;
    private final AtomicInteger inside = new AtomicInteger();

    /** A door; how many it lets in may change, and sends nobody away who is in. */
    public HttpDoor(IntSupplier most) {
        this.most = most;
    }

    /** False when it is full; otherwise the connection is in until it {@link #leave leaves}. */
    boolean enter() {
        if (inside.incrementAndGet() <= most.getAsInt()) return true;
        inside.decrementAndGet();
        return false;
    }

    void leave() {
        inside.decrementAndGet();
    }
}
