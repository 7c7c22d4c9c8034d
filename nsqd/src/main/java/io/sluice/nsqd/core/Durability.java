package io.sluice.nsqd.core;

/** What an {@code OK} promises to survive. */
public enum Durability {
    /** This process only; what memory cannot hold is on disk all the same. */
    MEM,
    /** The death of this process, as by {@code kill -9}. */
    OS,
    /** The loss of power, if the disk keeps its word. */
    FSYNC
}
