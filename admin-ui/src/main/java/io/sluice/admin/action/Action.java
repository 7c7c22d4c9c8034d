package io.sluice.admin.action;

import io.sluice.admin.access.Role;
import java.util.Locale;

/**
 * Something to do to a cluster.
 *
 * @param channel empty when it is about the topic
 * @param node host:port of one daemon's HTTP API; empty for all
 * @param to the topic that messages are moved to; empty when none are
 * @param count messages of each daemon at most; 0 for as many as a daemon takes on at a time
 */
public record Action(Kind kind, String topic, String channel, String node, String to, int count) {
    /**
     * Messages of one daemon at a time, at most: what an nsqd takes on, whose own limit is {@code
     * MAX_COUNT} of its {@code TransferRoutes}.
     */
    public static final int MAX_COUNT = 10_000;

    /** An action that has no target and no number. */
    public Action(Kind kind, String topic, String channel, String node) {
        this(kind, topic, channel, node, "", 0);
    }

    /** What to do, by NSQ's names as far as it has them. */
    public enum Kind {
        /** At the lookup nodes, and on daemons where these are named or given. */
        CREATE_TOPIC(Role.OPERATOR),
        /** At the lookup nodes and on the daemons that have the topic. */
        CREATE_CHANNEL(Role.OPERATOR),
        /** Everywhere, with all its channels and messages. */
        DELETE_TOPIC(Role.ADMIN),
        /** Everywhere, with all its messages. */
        DELETE_CHANNEL(Role.ADMIN),
        /** Its messages that wait for a channel are thrown away. */
        EMPTY_TOPIC(Role.ADMIN),
        /** Its messages are thrown away. */
        EMPTY_CHANNEL(Role.ADMIN),
        /** Its channels get no messages. */
        PAUSE_TOPIC(Role.OPERATOR),
        /** Its consumers get no messages. */
        PAUSE_CHANNEL(Role.OPERATOR),
        /** The end of a pause. */
        UNPAUSE_TOPIC(Role.OPERATOR),
        /** The end of a pause. */
        UNPAUSE_CHANNEL(Role.OPERATOR),
        /** Its deferred messages wait for a consumer at once. */
        REQUEUE_CHANNEL(Role.OPERATOR),
        /** Its messages that wait go to another topic. */
        MOVE_CHANNEL(Role.OPERATOR),
        /** Consumers no longer find the topic on that daemon, and it is deleted there. */
        TOMBSTONE_TOPIC_PRODUCER(Role.ADMIN),
        /** Consumers no longer find the topic on that daemon; its messages stay. */
        HIDE_TOPIC_PRODUCER(Role.ADMIN),
        /** All topics of a daemon are hidden; their messages stay. */
        RETIRE_NODE(Role.ADMIN),
        /** One message. */
        PUBLISH(Role.OPERATOR);

        private final Role needed;

        Kind(Role needed) {
            this.needed = needed;
        }

        /** Who may do it. */
        public Role needed() {
            return needed;
        }

        /** As in {@code pause_topic}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that name; null when there is none. */
        public static Kind named(String name) {
            for (Kind kind : values()) if (kind.toString().equals(name)) return kind;
            return null;
        }

        /** True when it needs the name of a channel. */
        public boolean isOfChannel() {
            return name().endsWith("_CHANNEL");
        }

        /** True when it needs a topic to move messages to. */
        public boolean takesTo() {
            return this == MOVE_CHANNEL;
        }

        /** True when it may be done with some of the messages. */
        public boolean takesCount() {
            return this == REQUEUE_CHANNEL || this == MOVE_CHANNEL;
        }
    }
}
