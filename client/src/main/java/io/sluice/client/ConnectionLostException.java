package io.sluice.client;

/** The connection broke before the daemon answered: it may have taken the message or not. */
public final class ConnectionLostException extends NsqException {
    ConnectionLostException(NsqdAddress address, Throwable cause) {
        super("connection to " + address + " lost: " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    @Override
    public boolean retryable() {
        return true;
    }

    @Override
    public boolean outcomeUnknown() {
        return true;
    }
}
