package io.sluice.client;

/** What a consumer does with a message. Called by several threads if the options say so. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Handles a message. A return finishes it, an exception gives it back, unless it was answered
     * here already or is {@link ReceivedMessage#answerLater answered later}.
     */
    void handle(ReceivedMessage message) throws Exception;
}
