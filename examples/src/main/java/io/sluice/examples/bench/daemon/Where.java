package io.sluice.examples.bench.daemon;

/** Where a backlog has to be for a measurement to be worth something. */
public enum Where {
    MEMORY,
    /** All but what fits in a small memory queue. */
    DISK,
    ANYWHERE
}
