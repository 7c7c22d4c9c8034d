package io.sluice.client;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.ToLongFunction;

/**
 * How many messages each connection of a consumer may have in flight: the sum of {@link
 * ReadyShares} is the consumer's limit, 1 while {@link Backoff} tests, and 0 while it pauses. Pure:
 * its caller brings the time.
 *
 * @param <C> a connection
 */
final class FlowControl<C> {
    /** How a message was answered. */
    enum Outcome {
        /** FIN. */
        SUCCESS,
        /** REQ because its handling failed. */
        FAILURE,
        /** REQ for another reason. */
        NEITHER
    }

    private final IntSupplier ceiling;
    private final ReadyShares<C> shares;
    private final Backoff backoff;
    private final LongSupplier clockNs;
    private final ObjIntConsumer<C> sendReady;
    private boolean stopped;

    /**
     * A control of no connections yet.
     *
     * @param ceiling most messages in flight at this moment, were there no failures
     */
    FlowControl(
            IntSupplier ceiling,
            ReadyShares<C> shares,
            Backoff backoff,
            LongSupplier clockNs,
            ObjIntConsumer<C> sendReady) {
        this.ceiling = ceiling;
        this.shares = shares;
        this.backoff = backoff;
        this.clockNs = clockNs;
        this.sendReady = sendReady;
    }

    /** A connection can take messages, up to {@code maxReady} at a time. */
    void joined(C connection, int maxReady) {
        shares.add(connection, maxReady, clockNs.getAsLong());
        settle();
    }

    /** A connection is gone; the others share what it had. */
    void left(C connection) {
        shares.remove(connection);
        settle();
    }

    /** A message was answered; what follows is sent before the answer. */
    void answered(Outcome outcome) {
        long nowNs = clockNs.getAsLong();
        switch (outcome) {
            case SUCCESS -> backoff.succeeded(nowNs);
            case FAILURE -> backoff.failed(nowNs);
            case NEITHER -> backoff.continued(nowNs);
        }
        settle();
    }

    /** Goes on after a pause of the backoff that is over. */
    void tick() {
        backoff.tick(clockNs.getAsLong());
        settle();
    }

    /** Gives other connections a turn when there are more of them than messages to take. */
    void rotate(ToLongFunction<C> lastMessageNs) {
        send(shares.rotate(clockNs.getAsLong(), lastMessageNs));
    }

    /** Takes no messages, or takes them again. */
    void stopped(boolean stop) {
        stopped = stop;
        settle();
    }

    /** Nanoseconds until {@link #tick} has something to do; negative when it has not. */
    long dueInNs() {
        if (backoff.phase() != Backoff.Phase.PAUSED) return -1;
        return Math.max(0, backoff.resumeNs() - clockNs.getAsLong());
    }

    /** True when an outcome can change anything, a success included. */
    boolean isBackingOff() {
        return backoff.phase() != Backoff.Phase.NORMAL;
    }

    boolean canBackOff() {
        return backoff.isEnabled();
    }

    /** Sends what has to change. */
    void settle() {
        shares.limit(limit());
        send(shares.settle(clockNs.getAsLong()));
    }

    private int limit() {
        if (stopped) return 0;
        return switch (backoff.phase()) {
            case NORMAL -> ceiling.getAsInt();
            case TESTING -> Math.min(1, ceiling.getAsInt());
            case PAUSED -> 0;
        };
    }

    private void send(List<ReadyShares.Change<C>> changes) {
        changes.forEach(change -> sendReady.accept(change.connection(), change.ready()));
    }
}
