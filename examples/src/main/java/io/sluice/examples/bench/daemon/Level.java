package io.sluice.examples.bench.daemon;

import java.util.Locale;

/** What an OK survives: a topic may have a level of its own, where the daemon knows levels. */
public enum Level {
    /** Whatever the daemon gives to a topic for which nothing is asked. */
    DEFAULT,
    /** Nothing. */
    MEM,
    /** The death of the process. */
    OS,
    /** The loss of power. */
    FSYNC;

    /** As in a query. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
