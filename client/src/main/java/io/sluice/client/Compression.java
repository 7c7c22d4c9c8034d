package io.sluice.client;

/** How what goes over a connection is made smaller, in both directions. */
public enum Compression {
    /** Not at all. */
    NONE,
    /** The framing format of Snappy: fast. It needs {@code io.airlift:aircompressor}. */
    SNAPPY,
    /** Deflate: smaller, and slower by far. */
    DEFLATE
}
