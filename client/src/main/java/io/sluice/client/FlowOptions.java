package io.sluice.client;

import java.time.Duration;

/**
 * How many messages a {@link Consumer} takes; {@link ConsumerOptions#builder} has the defaults.
 *
 * @param maxInFlight most messages that are asked for before they are answered; 200
 * @param backoffMultiplier pause of all consuming after a failure, times 2 to the power of the
 *     level; 1 s
 * @param maxBackoff longest such pause, zero for no backoff at all; 2 min
 * @param backoffFullJitter whether a pause is drawn at random from zero to its length; false
 * @param turnInterval how often it is looked whether a connection's turn is over, when there are
 *     more of them than messages to take; 5 s
 * @param maxTurnIdle a turn without any message ends; 10 s
 * @param maxTurn any turn ends; 30 s
 */
public record FlowOptions(
        int maxInFlight,
        Duration backoffMultiplier,
        Duration maxBackoff,
        boolean backoffFullJitter,
        Duration turnInterval,
        Duration maxTurnIdle,
        Duration maxTurn) {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MILLI = Duration.ofMillis(1);

    /** Throws IllegalArgumentException for a value out of its range. */
    public FlowOptions {
        Ranges.within("maxInFlight", maxInFlight, 1, 1_000_000);
        Ranges.within("backoffMultiplier", backoffMultiplier, Duration.ZERO, HOUR);
        Ranges.within("maxBackoff", maxBackoff, Duration.ZERO, HOUR);
        Ranges.within("turnInterval", turnInterval, MILLI, HOUR);
        Ranges.within("maxTurnIdle", maxTurnIdle, MILLI, HOUR);
        Ranges.within("maxTurn", maxTurn, MILLI, HOUR);
    }
}
