package io.sluice.nsqd.core;

import io.sluice.protocol.TopicName;

/** Makes the logs of new topics. */
public interface TopicLogs {
    /** A new log; nothing is on disk before something is appended. */
    TopicLog create(TopicName topic);
}
