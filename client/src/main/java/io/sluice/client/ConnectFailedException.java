package io.sluice.client;

/** No connection could be made, and nothing was sent. */
public final class ConnectFailedException extends NsqException {
    ConnectFailedException(NsqdAddress address, Throwable cause) {
        super("cannot connect to " + address + ": " + cause.getMessage(), cause);
    }

    /** True unless the daemon itself refused what this client asked for. */
    @Override
    public boolean retryable() {
        return !(getCause() instanceof RefusedException refused) || refused.retryable();
    }
}
