package io.sluice.nsqd.core;

import java.util.Locale;

/** What an {@code OK} promises to survive. */
public enum Durability {
    /** This process only; what memory cannot hold is on disk all the same. */
    MEM,
    /** The death of this process, as by {@code kill -9}. */
    OS,
    /** The loss of power, if the disk keeps its word. */
    FSYNC;

    /** As flags, queries and files have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this is what flags, queries and files call so. */
    public boolean isCalled(String text) {
        return toString().equals(text);
    }
}
