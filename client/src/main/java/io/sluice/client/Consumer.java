package io.sluice.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import java.util.function.LongUnaryOperator;

/**
 * Consumes one channel of a topic from all daemons that have it, named in the options or by lookup
 * nodes, until it is closed. Lost connections come back by themselves; a daemon that lookup nodes
 * cease to name is kept for as long as its connection holds.
 *
 * <p>Messages that fail slow it down: it pauses, tests with one message, and pauses for longer or
 * goes on as before. A message may come more than once, and handlers must be ready for that.
 *
 * <p>Threads: one that decides, two for each connection, up to {@link HandlingOptions#threads} for
 * the handler, and one while lookup nodes are asked. None keeps the JVM alive.
 */
public final class Consumer implements AutoCloseable {
    private final ConsumerOptions options;
    private final Subscriptions subscriptions;
    private final Object threads;

    /**
     * A consumer on this loop.
     *
     * @param threads what marks the threads that call the user's code
     */
    private Consumer(ConsumerOptions options, Subscriptions subscriptions, Object threads) {
        this.options = options;
        this.subscriptions = subscriptions;
        this.threads = threads;
    }

    /** Starts consuming. Returns at once: what comes of it is told to the options' listener. */
    public static Consumer start(ConsumerOptions options, MessageHandler handler) {
        return start(options, new Handling(options, handler), constant(options));
    }

    /**
     * As {@link #start}, with a handler that does not wait for the end of what it begins. How many
     * are under way at a time is limited by {@link FlowOptions#maxInFlight} alone.
     */
    public static Consumer startAsync(ConsumerOptions options, AsyncMessageHandler handler) {
        return start(options, Handling.async(options, handler), constant(options));
    }

    /**
     * The messages as a reactive stream: what a subscriber requests, and no more, is asked of the
     * daemons. Each subscription is a consumer of its own, which ends when it is cancelled. The
     * subscriber answers each message by {@link ReceivedMessage#finish} or one of the others, in
     * any order and from any thread; until then it counts as in flight.
     *
     * <p>There are never more than {@link FlowOptions#maxInFlight} in flight, however many are
     * requested. The stream has no end and no failure: lost connections come back by themselves.
     */
    public static Flow.Publisher<ReceivedMessage> publisher(ConsumerOptions options) {
        return new MessagePublisher(options);
    }

    /** Starts consuming, with a ceiling of messages in flight that may move. */
    static Consumer start(ConsumerOptions options, Handling handling, IntSupplier ceiling) {
        Object threads = new Object();
        return start(
                options,
                handling,
                ceiling,
                new ThreadLoop(threads, "nsq-consumer"),
                Consumer::random,
                threads);
    }

    private static long random(long below) {
        return ThreadLocalRandom.current().nextLong(below);
    }

    private static IntSupplier constant(ConsumerOptions options) {
        return () -> options.flow().maxInFlight();
    }

    /** Starts consuming by the time of {@code loop} and the chances of {@code random}. */
    static Consumer start(
            ConsumerOptions options,
            MessageHandler handler,
            EventLoop loop,
            LongUnaryOperator random,
            Object threads) {
        Handling handling = new Handling(options, handler);
        return start(options, handling, constant(options), loop, random, threads);
    }

    /** Starts consuming, with all that differs in tests. */
    static Consumer start(
            ConsumerOptions options,
            Handling handling,
            IntSupplier ceiling,
            EventLoop loop,
            LongUnaryOperator random,
            Object threads) {
        HandlerThreads handlers = new HandlerThreads(threads, options, handling);
        Subscriptions subscriptions = new Subscriptions(options, loop, handlers, random, ceiling);
        subscriptions.start();
        return new Consumer(options, subscriptions, threads);
    }

    /** Takes no more messages until {@link #resume}; those in flight are handled. */
    public void pause() {
        subscriptions.pause(true);
    }

    /** Takes messages again. */
    public void resume() {
        subscriptions.pause(false);
    }

    /**
     * True when some daemon has sent almost all that it was asked for, so that no more may come
     * before messages are answered. Who collects messages before answering them should do it now.
     */
    public boolean isStarved() {
        return subscriptions.isStarved();
    }

    /** The ceiling has moved. */
    void resettle() {
        subscriptions.resettle();
    }

    /** Begins to close, and waits for nothing. */
    void closeLater() {
        subscriptions.close(options.closeTimeout().toNanos());
    }

    /** Closes as {@link #close(Duration)} does, within the options' {@code closeTimeout}. */
    @Override
    public void close() {
        close(options.closeTimeout());
    }

    /**
     * Takes no more messages, waits until those that came are handled and answered, and closes.
     * After {@code atMost} it closes all the same and interrupts the handlers; the daemons then
     * deliver what is unanswered to others. Called by a handler or a listener, it does not wait.
     *
     * @return true when everything was answered; false when not, or not yet
     */
    public boolean close(Duration atMost) {
        CompletableFuture<Boolean> closed = subscriptions.close(atMost.toNanos());
        if (IoThread.isOf(threads)) return false;
        try {
            return closed.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError("closing never fails", e);
        }
    }
}
