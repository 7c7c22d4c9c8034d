package io.sluice.nsqd.sim;

/** What must come about again and again, or the simulation checks less than it seems to. */
enum Happening {
    ACCEPTED,
    REFUSED,
    DROPPED_BY_TOPIC,
    DROPPED_BY_CHANNEL,
    PUSHED,
    PUSHED_AGAIN,
    FINISHED,
    REQUEUED,
    REQUEUED_WITH_DELAY,
    TOUCHED,
    TIMED_OUT,
    NO_LONGER_DEFERRED,
    NOT_IN_FLIGHT,
    OF_ANOTHER_CLIENT,
    SUBSCRIBED,
    CONSUMER_REFUSED,
    CONSUMER_LEFT_MESSAGES,
    STARTED_CLOSING,
    FELL_BEHIND,
    CAUGHT_UP,
    TOPIC_OVERFLOWED,
    SPILLED,
    RUN_READ,
    STATE_LOGGED,
    LOG_CLEARED,
    SEGMENT_DELETED,
    CHANNEL_EMPTIED,
    CHANNEL_DELETED,
    TOPIC_DELETED
}
