package io.sluice.protocol;

/** What a peer did wrong. The message is the exact payload of the error frame. */
public final class ProtocolException extends RuntimeException {
    private final ErrorCode code;

    /** An error with a text behind its code, or with the code alone when the text is empty. */
    public ProtocolException(ErrorCode code, String why) {
        super(why.isEmpty() ? code.name() : code + " " + why, null, false, false);
        this.code = code;
    }

    /** The code that stands first in the message. */
    public ErrorCode code() {
        return code;
    }
}
