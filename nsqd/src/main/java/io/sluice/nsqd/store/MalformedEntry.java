package io.sluice.nsqd.store;

/** Bytes that are no entry of a log. */
final class MalformedEntry extends Exception {
    private static final long serialVersionUID = 1;

    MalformedEntry(String message) {
        super(message);
    }
}
