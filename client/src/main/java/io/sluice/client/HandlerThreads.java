package io.sluice.client;

import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that read from the daemons and call the handler, and the messages that wait for one
 * of them. Whoever reads a message while a handler may run hands the reading on and calls the
 * handler itself: to wake another thread for that would take longer than all else.
 */
final class HandlerThreads {
    /**
     * Room for twice what is asked for: daemons that were asked for less meanwhile may still send
     * as much as before.
     */
    private static final int QUEUE_FACTOR = 2;

    private static final long ENTER_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Object owner;
    private final Handling handling;
    private final BlockingQueue<ReceivedMessage> queue;

    /** One for each handler that may run now. */
    private final Semaphore permits;

    private final boolean one;
    private final ExecutorService threads;
    private volatile boolean stopped;

    HandlerThreads(Object owner, ConsumerOptions options, Handling handling) {
        this.owner = owner;
        this.handling = handling;
        int maxInFlight = options.flow().maxInFlight();
        queue = new ArrayBlockingQueue<>(QUEUE_FACTOR * maxInFlight);
        int wanted = options.handling().threads();
        boolean virtual = wanted == 0 && VirtualThreads.exist();
        int count = virtual ? maxInFlight : Math.min(maxInFlight, HandlingOptions.MAX_POOL);
        permits = new Semaphore(wanted > 0 ? wanted : count);
        one = permits.availablePermits() == 1;
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

    /** Runs this on a thread of its own; RejectedExecutionException after the {@link #stop}. */
    void execute(Runnable task) {
        threads.execute(() -> IoThread.runFor(owner, task));
    }

    /** True when there is never more than one handler at a time. */
    boolean areOne() {
        return one;
    }

    /**
     * True when the calling thread is to {@link #handle} the message that it has. For the only
     * permit it waits a little: whoever has it may be about to be done.
     */
    boolean tryEnter() throws InterruptedException {
        return one ? permits.tryAcquire(ENTER_WAIT_NS, TimeUnit.NANOSECONDS) : permits.tryAcquire();
    }

    /** After {@link #tryEnter}: handles the message, and then what came meanwhile. */
    void handle(ReceivedMessage message) {
        try {
            // In their order where that means anything; else none has to wait for another.
            if (one) handleWaiting();
            if (!stopped) handling.take(message);
        } finally {
            permits.release();
        }
        if (mustGoOn()) work();
    }

    /** Queues a message; waits when there are far more than the daemons were asked for. */
    void add(ReceivedMessage message) throws InterruptedException {
        queue.put(message);
        if (!permits.tryAcquire()) return;
        try {
            execute(this::work);
        } catch (RejectedExecutionException e) {
            Log.LOGGER.log(Level.DEBUG, "not handled, as the consumer is closed: " + message);
        }
    }

    private void work() {
        do {
            try {
                handleWaiting();
            } finally {
                permits.release();
            }
        } while (mustGoOn());
    }

    private void handleWaiting() {
        ReceivedMessage next = queue.poll();
        while (next != null && !stopped) {
            handling.take(next);
            next = queue.poll();
        }
    }

    /** Another may have come since this thread looked, when no permit was free. */
    private boolean mustGoOn() {
        return !stopped && !queue.isEmpty() && permits.tryAcquire();
    }

    /** Ends the threads, and interrupts a handler that is still at it. */
    void stop() {
        // A handler may swallow the interrupt.
        stopped = true;
        threads.shutdownNow();
    }
}
