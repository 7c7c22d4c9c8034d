package io.sluice.examples.bench;

/** Where a backlog has to be for a measurement to be worth something. */
enum Where {
    MEMORY,
    /** All but what fits in a small memory queue. */
    DISK,
    ANYWHERE
}
