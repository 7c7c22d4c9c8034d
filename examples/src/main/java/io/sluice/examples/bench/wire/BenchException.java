package io.sluice.examples.bench.wire;

/** A measurement that is worth nothing: a message lost or doubled, a refusal, a stall. */
public final class BenchException extends RuntimeException {
    public BenchException(String what) {
        super(what);
    }

    public BenchException(String what, Throwable cause) {
        super(what, cause);
    }
}
