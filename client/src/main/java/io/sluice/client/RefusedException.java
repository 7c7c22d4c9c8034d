package io.sluice.client;

/**
 * A daemon said no, or would have. The message is the daemon's text, and starts with {@link #code}.
 */
public sealed class RefusedException extends NsqException
        permits AnswerRefusedException,
                BadMessageException,
                BadTopicException,
                NotAuthorizedException,
                PublishRefusedException {
    private final String code;

    RefusedException(String text) {
        super(text, null);
        int space = text.indexOf(' ');
        code = space < 0 ? text : text.substring(0, space);
    }

    /** The exception for the text of an error frame. */
    static RefusedException of(String text) {
        RefusedException plain = new RefusedException(text);
        return switch (plain.code) {
            case "E_BAD_TOPIC" -> new BadTopicException(text);
            case "E_BAD_MESSAGE", "E_BAD_BODY" -> new BadMessageException(text);
            case "E_PUB_FAILED", "E_MPUB_FAILED", "E_DPUB_FAILED" ->
                    new PublishRefusedException(text);
            case "E_FIN_FAILED", "E_REQ_FAILED", "E_TOUCH_FAILED" ->
                    new AnswerRefusedException(text);
            case "E_AUTH_FIRST",
                    "E_AUTH_FAILED",
                    "E_AUTH_ERROR",
                    "E_AUTH_DISABLED",
                    "E_UNAUTHORIZED" ->
                    new NotAuthorizedException(text);
            default -> plain;
        };
    }

    /** The first word of the daemon's text, such as {@code E_INVALID}. */
    public final String code() {
        return code;
    }

    /** True for E_SUB_FAILED alone: the channel may have room for one more consumer later. */
    @Override
    public boolean retryable() {
        return code.equals("E_SUB_FAILED");
    }
}
