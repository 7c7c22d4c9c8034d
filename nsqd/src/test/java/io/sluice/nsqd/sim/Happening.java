package io.sluice.nsqd.sim;

/** What must come about again and again, or the simulation checks less than it seems to. */
enum Happening {
    ACCEPTED,
    ARRAY_USED_AGAIN,
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
    HURRIED,
    HURRIED_SOME(20),
    MOVED,
    MOVED_WHILE_PAUSED(15),
    MOVED_TO_PAUSED(25),
    MOVED_TO_DELETED(200),
    MOVE_REFUSED,
    MOVE_LEFT_MESSAGES,
    MOVE_LOST_CHANNEL(15),
    EMPTIED_MEANWHILE,
    IN_BOTH,
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
    TOPIC_DELETED;

    private static final int AS_A_RULE = 4;

    /** At least one in so many worlds must have it, on the average. */
    final int worlds;

    Happening() {
        this(AS_A_RULE);
    }

    Happening(int worlds) {
        this.worlds = worlds;
    }
}
