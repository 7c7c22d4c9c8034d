package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which topics and channels there are, and in what state, after a daemon has ended. */
@Tag("crash")
class TopologyTest {
    private static final TopicName TOPIC = new TopicName("t");
    private static final int MESSAGES = 100;
    private static final String[] FLAGS = {"--mem-queue-size=10", "--durability=os"};

    @RegisterExtension final Home home = new Home();

    /** Ends one daemon, properly or not, and starts the next. */
    private NsqdProcess restart(NsqdProcess nsqd, boolean properly) {
        if (properly) nsqd.stop();
        else nsqd.kill();
        return home.start(FLAGS);
    }

    private static void publish(NsqdProcess nsqd, TopicName topic) {
        try (TestClient client = nsqd.connect()) {
            client.publishAll(topic, Collections.nCopies(MESSAGES, Bytes.utf8("m")));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyChannelIsWhereItWas(boolean properly) {
        List<ChannelName> channels =
                List.of(new ChannelName("all"), new ChannelName("half"), new ChannelName("none"));
        NsqdProcess nsqd = home.start(FLAGS);
        nsqd.api().createTopic(TOPIC);
        for (ChannelName channel : channels) nsqd.api().createChannel(TOPIC, channel);
        publish(nsqd, TOPIC);
        for (int i = 0; i < channels.size(); i++) {
            ChannelName channel = channels.get(i);
            int left = i * MESSAGES / 2;
            if (left < MESSAGES) finish(nsqd, channel, MESSAGES - left);
            Await.that(
                    () -> left + " are left: " + nsqd.api().channel(TOPIC, channel),
                    () -> isLeft(nsqd.api().channel(TOPIC, channel), left));
        }

        NsqdProcess next = restart(nsqd, properly);
        assertThat(Drain.depth(next, TOPIC, channels.get(0))).isZero();
        assertThat(Drain.depth(next, TOPIC, channels.get(1))).isEqualTo(MESSAGES / 2);
        assertThat(Drain.depth(next, TOPIC, channels.get(2))).isEqualTo(MESSAGES);
    }

    private static void finish(NsqdProcess nsqd, ChannelName channel, int count) {
        try (TestClient client = nsqd.connect()) {
            client.subscribe(TOPIC, channel, 1);
            for (int i = 0; i < count; i++) {
                Message message = client.message();
                if (i == count - 1) client.send(new Command.Rdy(0));
                client.finish(message);
            }
            client.expectQuiet();
        }
    }

    private static boolean isLeft(JsonNode channel, int count) {
        return channel.path("depth").asInt(-1) == count
                && channel.path("in_flight_count").asInt(-1) == 0;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsPausedStaysPaused(boolean properly) {
        TopicName pausedTopic = new TopicName("paused");
        ChannelName paused = new ChannelName("paused");
        ChannelName unpaused = new ChannelName("unpaused");
        NsqdProcess nsqd = home.start(FLAGS);
        Api api = nsqd.api();
        for (TopicName topic : List.of(TOPIC, pausedTopic)) {
            api.createTopic(topic);
            api.createChannel(topic, paused);
            api.createChannel(topic, unpaused);
        }
        api.pause(TOPIC, paused);
        api.pause(TOPIC, unpaused);
        api.unpause(TOPIC, unpaused);
        api.post("/topic/pause?topic=" + pausedTopic);
        publish(nsqd, TOPIC);
        publish(nsqd, pausedTopic);

        NsqdProcess next = restart(nsqd, properly);
        assertThat(next.api().topic(TOPIC).path("paused").asBoolean()).isFalse();
        assertThat(next.api().channel(TOPIC, paused).path("paused").asBoolean()).isTrue();
        assertThat(next.api().channel(TOPIC, unpaused).path("paused").asBoolean(true)).isFalse();
        assertThat(Drain.all(next, TOPIC, unpaused)).hasSize(MESSAGES);
        try (TestClient client = next.connect()) {
            client.subscribe(TOPIC, paused, 1).expectQuiet();
            next.api().unpause(TOPIC, paused);
            client.finish(client.message("m"));
        }
        JsonNode topic = next.api().topic(pausedTopic);
        assertThat(topic.path("paused").asBoolean()).isTrue();
        assertThat(topic.path("depth").asInt()).isEqualTo(MESSAGES);
        next.api().post("/topic/unpause?topic=" + pausedTopic);
        assertThat(Drain.all(next, pausedTopic, paused)).hasSize(MESSAGES);
        assertThat(Drain.all(next, pausedTopic, unpaused)).hasSize(MESSAGES);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsEphemeralIsGone(boolean properly) {
        TopicName ephemeralTopic = new TopicName("t#ephemeral");
        ChannelName ephemeral = new ChannelName("c#ephemeral");
        ChannelName lasting = new ChannelName("c");
        NsqdProcess nsqd = home.start(FLAGS);
        nsqd.api().createTopic(TOPIC);
        nsqd.api().createChannel(TOPIC, lasting);
        // Both last as long as they have a consumer.
        try (TestClient one = nsqd.connect();
                TestClient other = nsqd.connect()) {
            one.send(new Command.Sub(TOPIC, ephemeral)).expectOk();
            other.send(new Command.Sub(ephemeralTopic, lasting)).expectOk();
            publish(nsqd, TOPIC);
            // Few, so that memory can hold them: there is no disk for them to go to.
            other.publish(ephemeralTopic, "m", "m");
            NsqdProcess next = restart(nsqd, properly);
            assertThat(next.api().stats("").path("topics")).hasSize(1);
            assertThat(next.api().topic(TOPIC).path("channels")).hasSize(1);
            assertThat(Drain.all(next, TOPIC, lasting)).hasSize(MESSAGES);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsDeletedOrEmptiedStaysSo(boolean properly) {
        TopicName deletedTopic = new TopicName("deleted");
        ChannelName kept = new ChannelName("kept");
        ChannelName deleted = new ChannelName("deleted");
        ChannelName emptied = new ChannelName("emptied");
        NsqdProcess nsqd = home.start(FLAGS);
        Api api = nsqd.api();
        for (TopicName topic : List.of(TOPIC, deletedTopic)) {
            api.createTopic(topic);
            for (ChannelName channel : List.of(kept, deleted, emptied)) {
                api.createChannel(topic, channel);
            }
            publish(nsqd, topic);
            for (ChannelName channel : List.of(kept, deleted, emptied)) {
                Drain.depth(nsqd, topic, channel);
            }
        }
        api.post("/channel/empty?topic=" + TOPIC + "&channel=" + emptied);
        api.post("/channel/delete?topic=" + TOPIC + "&channel=" + deleted);
        api.post("/topic/delete?topic=" + deletedTopic);

        NsqdProcess next = restart(nsqd, properly);
        assertThat(next.api().topic(deletedTopic).isMissingNode()).isTrue();
        assertThat(next.api().channel(TOPIC, deleted).isMissingNode()).isTrue();
        assertThat(Drain.depth(next, TOPIC, emptied)).isZero();
        assertThat(Drain.all(next, TOPIC, kept)).hasSize(MESSAGES);
        next.api().createTopic(deletedTopic);
        next.api().createChannel(deletedTopic, deleted);
        assertThat(Drain.depth(next, deletedTopic, deleted)).isZero();
    }
}
