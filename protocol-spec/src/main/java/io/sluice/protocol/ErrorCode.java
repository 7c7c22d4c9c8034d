package io.sluice.protocol;

/** Every error code a daemon can answer with (spec/errors.md). */
public enum ErrorCode {
    E_BAD_PROTOCOL,
    E_INVALID,
    E_BAD_TOPIC,
    E_BAD_CHANNEL,
    E_BAD_BODY,
    E_BAD_MESSAGE,
    E_IDENTIFY_FAILED,
    E_SUB_FAILED,
    E_PUB_FAILED,
    E_MPUB_FAILED,
    E_DPUB_FAILED,
    E_FIN_FAILED,
    E_REQ_FAILED,
    E_TOUCH_FAILED,
    E_AUTH_DISABLED,
    E_AUTH_FAILED,
    E_AUTH_FIRST,
    E_AUTH_ERROR,
    E_UNAUTHORIZED;

    /** True when the daemon closes the connection behind the error frame. */
    public boolean fatal() {
        return this != E_FIN_FAILED && this != E_REQ_FAILED && this != E_TOUCH_FAILED;
    }

    /** The error with its text, as it goes over the wire. */
    public ProtocolException because(String why) {
        return new ProtocolException(this, why);
    }
}
