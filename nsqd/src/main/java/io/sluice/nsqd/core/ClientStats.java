package io.sluice.nsqd.core;

import io.sluice.protocol.TopicName;
import java.util.Map;

/**
 * What {@code /stats} shows of a connection.
 *
 * @param readyCount last RDY
 * @param publishCounts messages published by topic, on the loop that was asked
 */
public record ClientStats(
        ClientSettings settings,
        int state,
        int readyCount,
        int inFlightCount,
        long messageCount,
        long finishCount,
        long requeueCount,
        Map<TopicName, Long> publishCounts) {
    /** Connected and not a consumer. */
    public static final int INIT = 0;

    /** A consumer. */
    public static final int SUBSCRIBED = 3;

    /** A consumer that said CLS. */
    public static final int CLOSING = 4;
}
