package io.sluice.daemon;

/** The answer to a request that cannot be served: a status and a code such as INVALID_TOPIC. */
public final class HttpError extends RuntimeException {
    private final int status;

    /** An answer of {@code status} with the body {@code {"message":"<code>"}}. */
    public HttpError(int status, String code) {
        super(code, null, false, false);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
