package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Consuming what waits in a channel. */
final class Drain {
    private static final int READY = 2_500;

    private Drain() {}

    /** Takes and finishes all messages that wait, and no other may come. */
    static List<Message> all(NsqdProcess nsqd, TopicName topic, ChannelName channel) {
        List<Message> messages = new ArrayList<>();
        long count = depth(nsqd, topic, channel);
        try (TestClient client = nsqd.connect()) {
            client.subscribe(topic, channel, READY);
            for (long i = 0; i < count; i++) {
                Message message = client.message();
                messages.add(message);
                client.finish(message);
            }
            client.expectQuiet();
        }
        return messages;
    }

    /** How many messages wait in a channel, once the topic holds none. */
    static long depth(NsqdProcess nsqd, TopicName topic, ChannelName channel) {
        Api api = nsqd.api();
        assertThat(api.topic(topic).isMissingNode()).as("there is no topic " + topic).isFalse();
        Await.that(
                () -> "the topic holds no message: " + api.topic(topic),
                () -> api.topic(topic).path("depth").asLong(-1) == 0);
        assertThat(api.channel(topic, channel).isMissingNode()).as("no " + channel).isFalse();
        return api.channel(topic, channel).path("depth").asLong();
    }

    static List<String> bodies(List<Message> messages) {
        return messages.stream().map(message -> message.body().utf8()).toList();
    }

    /** Those that came, each of which has to have come once. */
    static Set<String> distinctBodies(List<Message> messages) {
        assertThat(bodies(messages)).doesNotHaveDuplicates();
        return messages.stream().map(m -> m.body().utf8()).collect(Collectors.toSet());
    }
}
