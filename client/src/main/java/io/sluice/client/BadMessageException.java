package io.sluice.client;

/** The message is empty or too big, or its batch is: E_BAD_MESSAGE or E_BAD_BODY. */
public final class BadMessageException extends RefusedException {
    BadMessageException(String text) {
        super(text);
    }
}
