package io.sluice.client;

import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link Consumer} has its messages handled; {@link ConsumerOptions#builder} has the
 * defaults.
 *
 * @param threads how many messages are handled at a time, 0 for all that are in flight: each on a
 *     virtual thread, or before Java 21 on up to {@value #MAX_POOL} threads; 1
 * @param touchFor how long unanswered messages are kept from timing out, counted from their
 *     arrival, by touching them; zero, the default, never touches. The daemon's {@code
 *     --max-msg-timeout}, 15 min, is another limit
 * @param maxAttempts deliveries after which a message is given up, 0 for never; 5
 * @param giveUp what happens to it before it is finished; nothing but a warning in the log and
 *     {@link ConsumerListener#gaveUp}
 * @param requeueDelay wait of a message that failed, times its attempts; 90 s
 * @param maxRequeueDelay longest such wait; 15 min
 */
public record HandlingOptions(
        int threads,
        Duration touchFor,
        int maxAttempts,
        GiveUp giveUp,
        Duration requeueDelay,
        Duration maxRequeueDelay) {
    /** Most threads of a JVM without virtual ones when the options set no number. */
    public static final int MAX_POOL = 128;

    private static final Duration HOUR = Duration.ofHours(1);

    /** Throws IllegalArgumentException for a value out of its range. */
    public HandlingOptions {
        Ranges.within("handlerThreads", threads, 0, 10_000);
        Ranges.within("touchFor", touchFor, Duration.ZERO, HOUR.multipliedBy(24));
        Ranges.within("maxAttempts", maxAttempts, 0, 65_535);
        Objects.requireNonNull(giveUp, "giveUp");
        Ranges.within("requeueDelay", requeueDelay, Duration.ZERO, HOUR);
        Ranges.within("maxRequeueDelay", maxRequeueDelay, Duration.ZERO, HOUR);
    }

    Duration requeueDelay(int attempts) {
        Duration delay = requeueDelay.multipliedBy(attempts);
        return delay.compareTo(maxRequeueDelay) < 0 ? delay : maxRequeueDelay;
    }

    boolean isTooOften(int attempts) {
        return maxAttempts > 0 && attempts > maxAttempts;
    }
}
