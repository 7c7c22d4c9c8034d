package io.sluice.nsqd.core;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.MessageId;

/**
 * A message in a channel, as somebody sees it who does not consume it.
 *
 * @param timestampNs when it was published
 * @param attempts how often it has been sent
 * @param dueNs when it will wait again, for those that do not; 0 for the others
 */
public record PeekedMessage(
        MessageId id, long timestampNs, int attempts, State state, long dueNs, Bytes body) {
    /** Where it is. */
    public enum State {
        /** It waits for a consumer. */
        QUEUED,
        /** A consumer has it. */
        IN_FLIGHT,
        /** It waits for its time. */
        DEFERRED
    }

    static PeekedMessage queued(Queued message) {
        return of(message, State.QUEUED, 0);
    }

    static PeekedMessage inFlight(Delivery delivery) {
        return of(delivery, State.IN_FLIGHT, delivery.dueNs());
    }

    static PeekedMessage deferred(Delivery delivery) {
        return of(delivery, State.DEFERRED, delivery.dueNs());
    }

    private static PeekedMessage of(Queued message, State state, long dueNs) {
        Publication publication = message.publication();
        return new PeekedMessage(
                publication.id(),
                publication.timestampNs(),
                message.attempts(),
                state,
                dueNs,
                publication.bytes());
    }

    /** One that waits in the log. */
    static PeekedMessage queued(LogEntry.Message message, int attempts) {
        return new PeekedMessage(
                message.id(), message.timestampNs(), attempts, State.QUEUED, 0, message.body());
    }
}
