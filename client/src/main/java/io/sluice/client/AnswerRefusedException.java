package io.sluice.client;

/**
 * A FIN, REQ or TOUCH came too late, mostly because the message had timed out: E_FIN_FAILED,
 * E_REQ_FAILED or E_TOUCH_FAILED. The connection stays, and the message is delivered again.
 */
public final class AnswerRefusedException extends RefusedException {
    AnswerRefusedException(String text) {
        super(text);
    }
}
