package io.sluice.nsqd.core;

/** How near a consumer is to this daemon; the nearest first. */
enum Nearness {
    /** In its zone. */
    ZONE,
    /** In its region. */
    REGION,
    /** Anywhere, or nobody knows where. */
    GLOBAL
}
