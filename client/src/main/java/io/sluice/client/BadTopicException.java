package io.sluice.client;

/** The topic's name is not valid: E_BAD_TOPIC. */
public final class BadTopicException extends RefusedException {
    BadTopicException(String text) {
        super(text);
    }
}
