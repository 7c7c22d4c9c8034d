package io.sluice.client;

/** The producer was closed before this was sent. */
public final class ClientClosedException extends NsqException {
    ClientClosedException() {
        super("the producer is closed", null);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
