package io.sluice.client;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.IntStream;

/** The threads that call the handler, and the messages that wait for one of them. */
final class HandlerThreads {
    /**
     * Room for twice what is asked for: daemons that were asked for less meanwhile may still send
     * as much as before.
     */
    private static final int QUEUE_FACTOR = 2;

    private final ConsumerOptions options;
    private final MessageHandler handler;
    private final BlockingQueue<ReceivedMessage> queue;
    private final List<IoThread> threads;
    private volatile boolean stopped;

    HandlerThreads(Object owner, ConsumerOptions options, MessageHandler handler) {
        this.options = options;
        this.handler = handler;
        queue = new ArrayBlockingQueue<>(QUEUE_FACTOR * options.maxInFlight());
        threads =
                IntStream.range(0, options.handlerThreads())
                        .mapToObj(i -> new IoThread(owner, "nsq-handler-" + i, this::run))
                        .toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Queues a message; waits when there are far more than the daemons were asked for. */
    void add(ReceivedMessage message) throws InterruptedException {
        queue.put(message);
    }

    /** Ends the threads, and interrupts a handler that is still at it. */
    void stop() {
        // A handler may swallow the interrupt.
        stopped = true;
        threads.forEach(Thread::interrupt);
    }

    private void run() {
        try {
            while (!stopped) handle(queue.take());
        } catch (InterruptedException e) {
            Log.LOGGER.log(Level.DEBUG, "a handler thread ends");
        }
    }

    private void handle(ReceivedMessage message) {
        if (!message.isStillOurs()) {
            Log.LOGGER.log(Level.DEBUG, "not handled, its daemon has taken it back: " + message);
            message.drop();
        } else if (options.maxAttempts() > 0 && message.attempts() > options.maxAttempts()) {
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
            Log.LOGGER.log(Level.DEBUG, "handler failed on " + message + ": " + e);
            tell(() -> options.listener().handlerFailed(message, e));
            message.requeue();
        }
    }

    private void giveUp(ReceivedMessage message) {
        Log.LOGGER.log(Level.WARNING, "given up: " + message);
        tell(() -> options.listener().gaveUp(message));
        message.finish();
    }

    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            Log.LOGGER.log(Level.WARNING, "the listener failed", e);
        }
    }
}
