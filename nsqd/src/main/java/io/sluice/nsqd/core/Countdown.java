package io.sluice.nsqd.core;

/** Waits for a number of things to be done. */
final class Countdown {
    private final Runnable done;
    private int left;

    /** Calls {@code done} at once if there is nothing to wait for. */
    Countdown(int count, Runnable done) {
        this.left = count;
        this.done = done;
        if (count == 0) done.run();
    }

    void one() {
        if (--left == 0) done.run();
    }
}
