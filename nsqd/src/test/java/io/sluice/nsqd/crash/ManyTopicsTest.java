package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand topics of three channels, in each of which a little happens now and then. */
@Tag("crash")
@EnabledOnOs(OS.LINUX)
class ManyTopicsTest {
    private static final int TOPICS = Integer.getInteger("topics", 10_000);
    private static final int TRIED = 97;
    private static final int MOST_OPEN_FILES = 1_000;
    private static final String[] FLAGS = {"--mem-queue-size=0", "--max-open-logs=200"};
    private static final List<ChannelName> CHANNELS =
            List.of(new ChannelName("a"), new ChannelName("b"), new ChannelName("c"));

    @RegisterExtension final Home home = new Home("-Xmx512m");

    private final List<TopicName> topics =
            IntStream.range(0, TOPICS).mapToObj(i -> new TopicName("topic" + i)).toList();

    @Test
    void allAreServedWithFewOpenFiles() {
        NsqdProcess nsqd = home.start(FLAGS);
        create(nsqd);
        trickle(nsqd);
        expectService(nsqd);
        nsqd.stop();

        NsqdProcess next = home.start(FLAGS);
        expectDepths(next, 0, 1);
        trickle(next);
        next.kill();

        NsqdProcess last = home.start(FLAGS);
        expectDepths(last, 1, 2);
        expectService(last);
        last.stop();
    }

    private void create(NsqdProcess nsqd) {
        for (TopicName topic : topics) {
            nsqd.api().createTopic(topic);
            for (ChannelName channel : CHANNELS) nsqd.api().createChannel(topic, channel);
        }
        expectFewOpenFiles(nsqd);
    }

    /** A message to each topic. */
    private void trickle(NsqdProcess nsqd) {
        try (TestClient client = nsqd.connect()) {
            for (int i = 0; i < TOPICS; i++) {
                client.publish(topics.get(i), "m");
                if (i % 100 == 0) expectFewOpenFiles(nsqd);
            }
        }
        expectFewOpenFiles(nsqd);
    }

    private static void expectFewOpenFiles(NsqdProcess nsqd) {
        assertThat(ProcessUse.openFiles(nsqd.pid())).isLessThan(MOST_OPEN_FILES);
    }

    /** Consumes one message of each channel of some topics. */
    private void expectService(NsqdProcess nsqd) {
        for (int i = 0; i < TRIED; i++) {
            TopicName topic = tried(i);
            for (ChannelName channel : CHANNELS) {
                try (TestClient client = nsqd.connect()) {
                    client.subscribe(topic, channel, 1);
                    Message message = client.message("m");
                    client.write("RDY 0\n").finish(message).expectQuiet();
                }
            }
        }
        expectFewOpenFiles(nsqd);
    }

    private void expectDepths(NsqdProcess nsqd, int inTried, int elsewhere) {
        Set<String> tried = new HashSet<>();
        for (int i = 0; i < TRIED; i++) tried.add(tried(i).toString());
        List<String> wrong = new ArrayList<>();
        for (JsonNode topic : nsqd.api().stats("").path("topics")) {
            String name = topic.path("topic_name").asText();
            int expected = tried.contains(name) ? inTried : elsewhere;
            for (JsonNode channel : topic.path("channels")) {
                int depth = channel.path("depth").asInt();
                if (depth == expected) continue;
                String place = name + ":" + channel.path("channel_name").asText();
                wrong.add(place + " has " + depth + " messages, not " + expected);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** One of those whose messages are consumed. */
    private TopicName tried(int index) {
        return topics.get(index * (TOPICS / TRIED));
    }
}
