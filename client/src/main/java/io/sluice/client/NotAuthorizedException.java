package io.sluice.client;

/** The daemon wants a secret, or the one that it got does not allow this. */
public final class NotAuthorizedException extends RefusedException {
    NotAuthorizedException(String text) {
        super(text);
    }

    /** True when it was the auth server that failed. */
    @Override
    public boolean retryable() {
        return code().equals("E_AUTH_FAILED") || code().equals("E_AUTH_ERROR");
    }
}
