package io.sluice.nsqd.store;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of reading a disk queue of NSQ.
 *
 * @param channel null for a topic's own queue
 * @param expected what NSQ had written down as the count of messages; -1 when it is not known.
 *     After an unclean stop it is out of date
 * @param files count of segments that were read
 * @param notes what was not read and why, a line each
 */
public record NsqQueueReport(
        TopicName topic,
        ChannelName channel,
        long messages,
        long expected,
        int files,
        List<String> notes) {
    /** The same with one more note. */
    NsqQueueReport with(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new NsqQueueReport(topic, channel, messages, expected, files, more);
    }

    /** The queue as NSQ names it. */
    public String name() {
        return channel == null ? topic.value() : topic + ":" + channel;
    }
}
