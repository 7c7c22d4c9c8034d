package io.sluice.client;

/** Everything that can go wrong between this library and a daemon; the list is closed. */
public abstract sealed class NsqException extends RuntimeException
        permits ClientClosedException,
                ConnectFailedException,
                ConnectionLostException,
                InFlightLimitException,
                NoNsqdException,
                RefusedException {
    NsqException(String message, Throwable cause) {
        super(message, cause);
    }

    /** True when the same call may succeed later; false when it never will. */
    public abstract boolean retryable();

    /**
     * True when the daemon may have done what was asked all the same: publishing again can then
     * deliver a message twice.
     */
    public boolean outcomeUnknown() {
        return false;
    }
}
