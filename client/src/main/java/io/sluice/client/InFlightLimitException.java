package io.sluice.client;

/** As much is waiting for its answer as the producer's limits allow; nothing was sent. */
public final class InFlightLimitException extends NsqException {
    InFlightLimitException(String message) {
        super(message, null);
    }

    @Override
    public boolean retryable() {
        return true;
    }
}
