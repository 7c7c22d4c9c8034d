package io.sluice.client;

import java.util.concurrent.CompletionStage;

/** What a consumer does with a message when it does not wait for the end of it. */
@FunctionalInterface
public interface AsyncMessageHandler {
    /**
     * Begins to handle a message. The stage finishes it when it completes and gives it back when it
     * fails, unless it was answered already. An exception from here gives it back, too.
     */
    CompletionStage<?> handle(ReceivedMessage message) throws Exception;
}
