package io.sluice.client;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Message;
import io.sluice.protocol.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A message that a daemon handed to this consumer. It is answered at most once, by any thread: the
 * first of {@link #finish}, {@link #requeue} and {@link #requeueWithoutBackoff} counts. An answer
 * is sent, not confirmed: when it is lost, the message is delivered again.
 */
public final class ReceivedMessage {
    private final Subscription subscription;
    private final Message message;
    private final long receivedNs;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile boolean answeredLater;

    /** When the daemon last began to count its timeout, as far as is known here. */
    private volatile long heldSinceNs;

    /** Runs on the loop before the answer is sent. */
    private volatile Runnable beforeAnswer;

    ReceivedMessage(Subscription subscription, Message message, long receivedNs) {
        this.subscription = subscription;
        this.message = message;
        this.receivedNs = receivedNs;
        heldSinceNs = receivedNs;
    }

    /** The 16 characters by which the daemon knows it; the same in all channels of the topic. */
    public String id() {
        return message.id().toString();
    }

    /** What was published. */
    public Bytes body() {
        return message.body();
    }

    /** How often it was delivered, this time included. */
    public int attempts() {
        return message.attempts();
    }

    /** When the daemon took it from its publisher. */
    public Instant timestamp() {
        long timestampNs = message.timestampNs();
        return Instant.ofEpochSecond(
                Math.floorDiv(timestampNs, 1_000_000_000L),
                Math.floorMod(timestampNs, 1_000_000_000L));
    }

    /** The daemon it came from. */
    public NsqdAddress nsqd() {
        return subscription.address();
    }

    /** Says that it is done with. Returns false, and does nothing, when it was answered already. */
    public boolean finish() {
        if (!answered.compareAndSet(false, true)) return false;
        subscription.finish(this);
        return true;
    }

    /** Gives it back as failed, for the delay of the options times its attempts. */
    public boolean requeue() {
        return requeue(subscription.options().handling().requeueDelay(message.attempts()));
    }

    /**
     * Gives it back as failed: it comes again {@code delay} from now at the earliest, in whole
     * milliseconds, and all consuming backs off. Returns false, and does nothing, when it was
     * answered already.
     *
     * @throws IllegalArgumentException when the delay is negative
     */
    public boolean requeue(Duration delay) {
        return requeue(delay, FlowControl.Outcome.FAILURE);
    }

    /** As {@link #requeue(Duration)}, but no sign of trouble: consuming goes on as it did. */
    public boolean requeueWithoutBackoff(Duration delay) {
        return requeue(delay, FlowControl.Outcome.NEITHER);
    }

    private boolean requeue(Duration delay, FlowControl.Outcome outcome) {
        Objects.requireNonNull(delay, "delay");
        if (delay.isNegative()) throw new IllegalArgumentException("delay is negative: " + delay);
        if (!answered.compareAndSet(false, true)) return false;
        subscription.requeue(this, delay.toMillis(), outcome);
        return true;
    }

    /**
     * Starts its timeout anew, if it is not answered. The daemon takes it back nevertheless after
     * its {@code --max-msg-timeout}, which is 15 min.
     */
    public void touch() {
        if (answered.get()) return;
        heldSinceNs = subscription.nowNs();
        subscription.touch(this);
    }

    /**
     * Leaves the answer to whoever holds this message: the handler's return does not finish it. Its
     * exception still gives it back. To be called inside the handler.
     */
    public void answerLater() {
        answeredLater = true;
    }

    /** True once it was answered. */
    public boolean isAnswered() {
        return answered.get();
    }

    MessageId messageId() {
        return message.id();
    }

    /** Nanoseconds since it came. */
    long ageNs(long nowNs) {
        return nowNs - receivedNs;
    }

    /** Nanoseconds since it came or was last touched. */
    long untouchedNs(long nowNs) {
        return nowNs - heldSinceNs;
    }

    void beforeAnswer(Runnable task) {
        beforeAnswer = task;
    }

    Runnable beforeAnswer() {
        return beforeAnswer;
    }

    boolean isAnsweredLater() {
        return answeredLater;
    }

    /** False when the daemon has certainly taken it back: to handle it would be double work. */
    boolean isStillOurs() {
        return subscription.holdsSince(heldSinceNs);
    }

    /** Lets go of it without an answer. */
    void drop() {
        if (answered.compareAndSet(false, true)) subscription.dropped(this);
    }

    @Override
    public String toString() {
        return "message " + id() + " from " + nsqd() + ", attempt " + attempts();
    }
}
