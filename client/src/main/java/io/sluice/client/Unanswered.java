package io.sluice.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The messages of one connection that have no answer yet, and are touched now and then so that the
 * daemon does not take them back.
 */
final class Unanswered {
    private static final long USUAL_MSG_TIMEOUT_MS = 60_000;

    private final Set<ReceivedMessage> messages = ConcurrentHashMap.newKeySet();
    private final long touchForNs;

    Unanswered(Duration touchFor) {
        touchForNs = touchFor.toNanos();
    }

    private boolean isOn() {
        return touchForNs > 0;
    }

    void add(ReceivedMessage message) {
        if (isOn()) messages.add(message);
    }

    void remove(ReceivedMessage message) {
        if (isOn()) messages.remove(message);
    }

    /** How often to {@link #touch}, in nanoseconds: in time for the timeout; 0 for never. */
    long intervalNs(long msgTimeoutMs) {
        if (!isOn()) return 0;
        return TimeUnit.MILLISECONDS.toNanos(timeoutMs(msgTimeoutMs)) / 4;
    }

    private static long timeoutMs(long msgTimeoutMs) {
        return msgTimeoutMs > 0 ? msgTimeoutMs : USUAL_MSG_TIMEOUT_MS;
    }

    /** Touches what would time out before long, unless it has been here for too long. */
    void touch(long nowNs, long msgTimeoutMs) {
        long dueNs = 2 * intervalNs(msgTimeoutMs);
        for (ReceivedMessage message : messages) {
            if (message.ageNs(nowNs) >= touchForNs) messages.remove(message);
            else if (message.untouchedNs(nowNs) >= dueNs) message.touch();
        }
    }
}
