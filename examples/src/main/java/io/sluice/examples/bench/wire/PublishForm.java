package io.sluice.examples.bench.wire;

/** How messages are handed to a daemon. */
public enum PublishForm {
    /** PUB, or MPUB when there are several, over TCP. */
    COMMAND,
    /** The body of a request to /pub. */
    PUB,
    /** Lines of a request to /mpub. */
    MPUB_TEXT,
    /** A request to /mpub with a length before each message. */
    MPUB_BINARY
}
