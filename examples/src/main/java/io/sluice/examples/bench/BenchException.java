package io.sluice.examples.bench;

/** A measurement that is worth nothing: a message lost or doubled, a refusal, a stall. */
final class BenchException extends RuntimeException {
    BenchException(String what) {
        super(what);
    }

    BenchException(String what, Throwable cause) {
        super(what, cause);
    }
}
