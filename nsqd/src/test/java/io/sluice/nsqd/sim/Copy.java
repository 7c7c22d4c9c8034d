package io.sluice.nsqd.sim;

import io.sluice.protocol.MessageId;
import java.util.Deque;

/** What the model knows of a message in one channel. */
final class Copy {
    enum State {
        QUEUED,
        DEFERRED,
        IN_FLIGHT,
        FINISHED,
        EMPTIED,
        DROPPED
    }

    final Published message;
    State state;

    /** Known from its first push on. */
    MessageId id;

    int attempts;

    /** Place in the queue. Those that were due at the same tick share one, in any order. */
    long rank;

    /** When it stops to be deferred or in flight. */
    long dueNs;

    /**
     * It must not come before; when it was published for, or when somebody did not want to wait.
     */
    private long notBeforeNs;

    /** True when it was held back: deferred as it is, it may wait in the log with those queued. */
    boolean heldBack;

    ModelConsumer holder;
    long sentNs;

    Copy(Published message) {
        this.message = message;
        notBeforeNs = message.dueNs();
    }

    /** Somebody has it wait for a consumer now, whatever its time. */
    void hurry(long nowNs) {
        dueNs = nowNs;
        notBeforeNs = nowNs;
    }

    /** In flight, to this consumer. */
    boolean isWith(ModelConsumer consumer) {
        return state == State.IN_FLIGHT && holder == consumer;
    }

    boolean isEarly(long nowNs) {
        return nowNs < notBeforeNs;
    }

    /**
     * It was deferred while it was held back: whether it got into the queue when it was due, or
     * when it was read from the log, is beyond the model.
     */
    boolean hasNoPlace() {
        return heldBack && message.dueNs() > message.timestampNs();
    }

    /** The first that has to be. */
    static Copy head(Deque<Copy> queued) {
        return queued.stream()
                .filter(copy -> !copy.hasNoPlace())
                .findFirst()
                .orElseGet(queued::peek);
    }

    /** Published to be delivered at once, and not delivered yet. */
    boolean isFresh() {
        return attempts == 0 && message.dueNs() <= message.timestampNs();
    }

    @Override
    public String toString() {
        return "m" + message.number();
    }
}
