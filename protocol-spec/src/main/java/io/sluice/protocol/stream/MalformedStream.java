package io.sluice.protocol.stream;

/** The peer sent what is not compressed as it should be: nothing behind it can be read. */
public final class MalformedStream extends RuntimeException {
    MalformedStream(String what) {
        super(what);
    }

    MalformedStream(String what, Throwable cause) {
        super(what, cause);
    }
}
