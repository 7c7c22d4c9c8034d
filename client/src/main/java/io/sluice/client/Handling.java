package io.sluice.client;

import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionStage;

/** What is done with each message on a handler thread: handle it, give it up, or let it go. */
final class Handling {
    private final HandlingOptions options;
    private final ConsumerListener listener;
    private final MessageHandler handler;

    Handling(ConsumerOptions options, MessageHandler handler) {
        this.options = options.handling();
        listener = options.listener();
        this.handler = handler;
    }

    /** A handling that goes on after the handler has returned. */
    static Handling async(ConsumerOptions options, AsyncMessageHandler handler) {
        return new Handling(
                options,
                message -> {
                    message.answerLater();
                    CompletionStage<?> end = handler.handle(message);
                    end.whenComplete(
                            (done, why) -> {
                                if (why == null) message.finish();
                                else failed(options.listener(), message, why);
                            });
                });
    }

    void take(ReceivedMessage message) {
        if (!message.isStillOurs()) {
            Log.LOGGER.log(Level.DEBUG, "not handled, its daemon has taken it back: " + message);
            message.drop();
        } else if (options.isTooOften(message.attempts())) {
            giveUp(message);
        } else {
            callHandler(message);
        }
    }

    private void callHandler(ReceivedMessage message) {
        try {
            handler.handle(message);
            if (!message.isAnsweredLater()) message.finish();
        } catch (Throwable e) {
            // An Error too: whatever it is, the message was not handled.
            failed(listener, message, e);
        }
    }

    private static void failed(ConsumerListener listener, ReceivedMessage message, Throwable why) {
        Log.LOGGER.log(Level.DEBUG, "handler failed on " + message + ": " + why);
        tell(() -> listener.handlerFailed(message, why));
        message.requeue();
    }

    private void giveUp(ReceivedMessage message) {
        Log.LOGGER.log(Level.WARNING, "given up: " + message);
        tell(() -> listener.gaveUp(message));
        try {
            options.giveUp()
                    .putAway(message)
                    .whenComplete(
                            (done, why) -> {
                                if (why == null) message.finish();
                                else notPutAway(message, why);
                            });
        } catch (Throwable e) {
            notPutAway(message, e);
        }
    }

    /** That is no fault of the messages behind it, which need not wait. */
    private void notPutAway(ReceivedMessage message, Throwable why) {
        Log.LOGGER.log(Level.WARNING, "not put away, to be tried again: " + message, why);
        message.requeueWithoutBackoff(options.requeueDelay(message.attempts()));
    }

    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            Log.LOGGER.log(Level.WARNING, "the listener failed", e);
        }
    }
}
