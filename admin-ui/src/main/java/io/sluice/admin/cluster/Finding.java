package io.sluice.admin.cluster;

/**
 * Something that needs a look, in a sentence.
 *
 * @param rule what kind it is, for keys and tests
 * @param level how soon
 * @param topic empty when it is about a daemon
 * @param channel empty when it is not about one
 * @param node empty when it is about all
 */
public record Finding(
        String rule, Level level, String text, String topic, String channel, String node) {
    /** How soon it needs a look. */
    public enum Level {
        /** Now. */
        BAD,
        /** Soon. */
        WARN,
        /** Good to know. */
        INFO
    }

    static Finding of(ChannelView channel, String rule, Level level, String text) {
        return new Finding(rule, level, text, channel.topic(), channel.name(), "");
    }

    static Finding of(TopicView topic, String rule, Level level, String text) {
        return new Finding(rule, level, text, topic.name(), "", "");
    }

    static Finding of(QueueNode node, String rule, Level level, String text) {
        return new Finding(rule, level, text, "", "", node.address());
    }

    /** The same for all who look. */
    public String key() {
        return rule + " " + topic + "/" + channel + " " + node;
    }
}
