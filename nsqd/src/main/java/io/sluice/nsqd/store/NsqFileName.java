package io.sluice.nsqd.store;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file of NSQ's disk queues.
 *
 * @param channel null for a topic's own queue
 * @param number of a segment; 0 for what is none
 */
record NsqFileName(TopicName topic, ChannelName channel, Kind kind, long number) {
    /** What is in a file. */
    enum Kind {
        SEGMENT,
        POSITIONS,
        /** A segment that NSQ could not read to its end and put aside. */
        BAD,
        /** What a write of the positions left that was cut short. */
        LEFTOVER
    }

    private static final Pattern FORM =
            Pattern.compile(
                    "(?<topic>[^:;]+)([:;](?<channel>[^:;]+))?\\.diskqueue\\."
                            + "(?:(?<number>\\d{6,18})\\.dat(?<bad>\\.bad)?"
                            + "|meta\\.dat(?<leftover>\\.\\d+\\.tmp)?)");

    /** Null when it is not one of them. */
    static NsqFileName parse(String name) {
        Matcher form = FORM.matcher(name);
        if (!form.matches()) return null;
        String topic = form.group("topic");
        String channel = form.group("channel");
        if (!TopicName.isValid(topic) || channel != null && !ChannelName.isValid(channel)) {
            return null;
        }
        String number = form.group("number");
        return new NsqFileName(
                new TopicName(topic),
                channel == null ? null : new ChannelName(channel),
                kind(form),
                number == null ? 0 : Long.parseLong(number));
    }

    private static Kind kind(Matcher form) {
        if (form.group("number") == null) {
            return form.group("leftover") == null ? Kind.POSITIONS : Kind.LEFTOVER;
        }
        return form.group("bad") == null ? Kind.SEGMENT : Kind.BAD;
    }
}
