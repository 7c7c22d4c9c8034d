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

    /** A message, and when it came. */
    record Arrival(Message message, long atNs) {
        String body() {
            return message.body().utf8();
        }
    }

    /** Takes and finishes all messages that wait, and no other may come. */
    static List<Message> all(NsqdProcess nsqd, TopicName topic, ChannelName channel) {
        long count = depth(nsqd, topic, channel);
        return take(nsqd, topic, channel, count).stream().map(Arrival::message).toList();
    }

    /** Takes and finishes so many messages, and no other may come. */
    static List<Arrival> take(NsqdProcess nsqd, TopicName topic, ChannelName channel, long count) {
        List<Arrival> arrivals = new ArrayList<>();
        try (TestClient client = nsqd.connect()) {
            client.subscribe(topic, channel, READY);
            while (arrivals.size() < count) {
                Message message = client.message();
                arrivals.add(new Arrival(message, System.nanoTime()));
                client.finish(message);
            }
            client.expectQuiet();
            return arrivals;
        } catch (AssertionError e) {
            throw new AssertionError(
                    String.format(
                            "%d of %d messages came, the last %s: %s",
                            arrivals.size(),
                            count,
                            arrivals.isEmpty() ? "none" : arrivals.get(arrivals.size() - 1),
                            nsqd.api().topic(topic)),
                    e);
        }
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
