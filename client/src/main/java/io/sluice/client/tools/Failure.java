package io.sluice.client.tools;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** How failures are put into words for people. */
final class Failure {
    private Failure() {}

    /** The message of the failure itself, or its name when it has none. */
    static String words(Throwable failure) {
        Throwable itself = failure;
        while (itself.getCause() != null && isWrapper(itself)) itself = itself.getCause();
        String message = itself.getMessage();
        return message == null ? itself.getClass().getSimpleName() : message;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof CompletionException || failure instanceof ExecutionException;
    }
}
