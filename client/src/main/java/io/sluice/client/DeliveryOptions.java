package io.sluice.client;

import java.time.Duration;
import java.util.Map;

/**
 * How daemons deliver to a {@link Consumer}; {@link ConsumerOptions#builder} has the defaults. What
 * is zero is left to the daemon.
 *
 * @param msgTimeout when a daemon gives an unanswered message to somebody else; zero
 * @param outputBufferBytes what the daemon collects before it sends, -1 for nothing; 0
 * @param outputBufferTimeout longest that it collects; zero
 * @param sampleRatePercent which part of the messages to get, the rest is thrown away; 0 for all
 */
public record DeliveryOptions(
        Duration msgTimeout,
        int outputBufferBytes,
        Duration outputBufferTimeout,
        int sampleRatePercent) {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Throws IllegalArgumentException for a value out of its range. */
    public DeliveryOptions {
        Ranges.within("msgTimeout", msgTimeout, Duration.ZERO, HOUR.multipliedBy(24));
        Ranges.within("outputBufferBytes", outputBufferBytes, -1, Integer.MAX_VALUE);
        Ranges.within("outputBufferTimeout", outputBufferTimeout, Duration.ZERO, HOUR);
        Ranges.within("sampleRatePercent", sampleRatePercent, 0, 99);
    }

    /** What IDENTIFY says of this. */
    Map<String, Object> wishes() {
        return Map.of(
                "msg_timeout",
                msgTimeout.toMillis(),
                "output_buffer_size",
                outputBufferBytes,
                "output_buffer_timeout",
                outputBufferTimeout.toMillis(),
                "sample_rate",
                sampleRatePercent);
    }
}
