package io.sluice.client;

/** No lookup node has named a daemon so far, and nothing was sent. */
public final class NoNsqdException extends NsqException {
    NoNsqdException() {
        super("lookup nodes name no daemon", null);
    }

    @Override
    public boolean retryable() {
        return true;
    }
}
