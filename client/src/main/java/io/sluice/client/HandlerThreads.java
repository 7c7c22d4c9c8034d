package io.sluice.client;

import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that call the handler, and the messages that wait for one of them. */
final class HandlerThreads {
    /**
     * Room for twice what is asked for: daemons that were asked for less meanwhile may still send
     * as much as before.
     */
    private static final int QUEUE_FACTOR = 2;

    private final Object owner;
    private final Handling handling;
    private final BlockingQueue<ReceivedMessage> queue;
    private final int count;
    private final ExecutorService threads;
    private volatile boolean stopped;

    HandlerThreads(Object owner, ConsumerOptions options, Handling handling) {
        this.owner = owner;
        this.handling = handling;
        int maxInFlight = options.flow().maxInFlight();
        queue = new ArrayBlockingQueue<>(QUEUE_FACTOR * maxInFlight);
        int wanted = options.handling().threads();
        boolean virtual = wanted == 0 && VirtualThreads.exist();
        if (wanted > 0) count = wanted;
        else count = virtual ? maxInFlight : Math.min(maxInFlight, HandlingOptions.MAX_POOL);
        threads = virtual ? VirtualThreads.newExecutor() : platformThreads();
    }

    private static ExecutorService platformThreads() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(
                task -> {
                    Thread thread = new Thread(task, "nsq-handler-" + number.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    void start() {
        for (int i = 0; i < count; i++) threads.execute(() -> IoThread.runFor(owner, this::run));
    }

    /** Queues a message; waits when there are far more than the daemons were asked for. */
    void add(ReceivedMessage message) throws InterruptedException {
        queue.put(message);
    }

    /** Ends the threads, and interrupts a handler that is still at it. */
    void stop() {
        // A handler may swallow the interrupt.
        stopped = true;
        threads.shutdownNow();
    }

    private void run() {
        try {
            while (!stopped) handling.take(queue.take());
        } catch (InterruptedException e) {
            Log.LOGGER.log(Level.DEBUG, "a handler thread ends");
        }
    }
}
