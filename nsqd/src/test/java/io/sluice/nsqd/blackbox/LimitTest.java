package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Limits that are set by flags. */
@Execution(ExecutionMode.CONCURRENT)
@OwnDaemonOnly("needs flags")
class LimitTest {
    private final TopicName topic = Target.newTopic();

    private static List<Bytes> bodies(String... texts) {
        return Arrays.stream(texts).map(Bytes::utf8).toList();
    }

    @Test
    void whatMemoryCannotHoldGoesToTheDiskAndComesInOrder() {
        try (OwnNsqd nsqd = OwnNsqd.start("--mem-queue-size=3");
                TestClient publisher = nsqd.connect();
                TestClient client = nsqd.connect()) {
            publisher
                    .publish(topic, "a", "b", "c", "d")
                    .send(new Command.Mpub(topic, bodies("e", "f")));
            publisher.expectOk();
            client.subscribe(topic, Target.CHANNEL, 2);
            for (String body : List.of("a", "b", "c", "d")) client.finish(client.message(body));
            publisher.publish(topic, "g");
            for (String body : List.of("e", "f", "g")) client.finish(client.message(body));
            client.expectQuiet();
        }
    }

    @Test
    void aChannelOfAnEphemeralTopicHasNoDiskAndRefusesABatchAsAWhole() {
        TopicName ephemeral = Target.newEphemeralTopic();
        try (OwnNsqd nsqd = OwnNsqd.start("--mem-queue-size=3");
                TestClient consumer = nsqd.connect()) {
            consumer.subscribe(ephemeral, Target.CHANNEL, 0);
            try (TestClient client = nsqd.connect()) {
                client.publish(ephemeral, "a", "b");
                client.send(new Command.Mpub(ephemeral, bodies("c", "d")));
                client.expectFatal(
                        "E_MPUB_FAILED MPUB failed channel "
                                + ephemeral
                                + ":c holds 2 messages and has no room for 2, limit 3"
                                + " (--mem-queue-size)");
            }
            consumer.send(new Command.Rdy(10)).message("a");
            consumer.message("b");
            consumer.expectQuiet();
        }
    }

    @Test
    void anEphemeralTopicDropsInsteadOfRefusing() {
        TopicName ephemeral = Target.newEphemeralTopic();
        try (OwnNsqd nsqd = OwnNsqd.start("--mem-queue-size=3");
                TestClient client = nsqd.connect()) {
            client.publish(ephemeral, "a", "b", "c", "d", "e");
            client.subscribe(ephemeral, Target.CHANNEL, 10);
            for (String body : List.of("a", "b", "c")) client.message(body);
            client.expectQuiet();
        }
    }

    @Test
    void aChannelHasRoomForSoManyConsumers() {
        try (OwnNsqd nsqd = OwnNsqd.start("--max-channel-consumers=1")) {
            try (TestClient first = nsqd.connect();
                    TestClient second = nsqd.connect();
                    TestClient elsewhere = nsqd.connect()) {
                first.subscribe(topic, Target.CHANNEL, 1);
                elsewhere.subscribe(topic, new ChannelName("other"), 1);
                second.send(new Command.Sub(topic, Target.CHANNEL));
                second.expectFatal(
                        "E_SUB_FAILED SUB failed consumers for " + topic + ":c exceeds limit of 1");
                elsewhere.publish(topic, "m").message("m");
                first.message("m");
            }
        }
    }

    @Test
    void nothingHappensToATopicBehindTheFailureThatEndedTheConnection() {
        try (OwnNsqd nsqd = OwnNsqd.start("--max-channel-consumers=1");
                TestClient first = nsqd.connect();
                TestClient second = nsqd.connect()) {
            first.subscribe(topic, Target.CHANNEL, 10);
            List<Object> parts = new ArrayList<>();
            parts.add("SUB " + topic + " c\n");
            // Other topics in between: they may belong to other threads of the daemon.
            for (int i = 0; i < 10; i++) {
                parts.addAll(List.of("PUB " + Target.newTopic() + "\n", 1, "m"));
                parts.addAll(List.of("PUB " + topic + "\n", 4, "late"));
            }
            second.write(parts.toArray())
                    .expectFatal(
                            "E_SUB_FAILED SUB failed consumers for "
                                    + topic
                                    + ":c exceeds limit of 1");
            first.expectQuiet();
        }
    }

    @Test
    void sizesAndCountsAreWhatTheFlagsSay() {
        try (OwnNsqd nsqd =
                OwnNsqd.start("--max-msg-size=10", "--max-body-size=49", "--max-rdy-count=7")) {
            try (TestClient client = nsqd.connect()) {
                client.publish(topic, "1234567890");
                client.write("PUB " + topic + "\n", 11)
                        .expectFatal("E_BAD_MESSAGE PUB message too big 11 > 10");
            }
            try (TestClient client = nsqd.connect()) {
                client.write("IDENTIFY\n", 50)
                        .expectFatal("E_BAD_BODY IDENTIFY body too big 50 > 49");
            }
            try (TestClient client = nsqd.connect()) {
                client.publishAll(topic, bodies("1", "2", "3", "4", "5", "6", "7", "8", "9"));
                client.write("MPUB " + topic + "\n", 49, 10)
                        .expectFatal("E_BAD_BODY MPUB invalid message count 10");
            }
            try (TestClient client = nsqd.connect()) {
                client.subscribe(new TopicName("empty"), Target.CHANNEL, 7);
                client.write("RDY 8\n").expectFatal("E_INVALID RDY count 8 out of range 0-7");
            }
        }
    }

    @Test
    void whatClientsMayAskForIsWhatTheFlagsSay() {
        try (OwnNsqd nsqd =
                OwnNsqd.start(
                        "--max-heartbeat-interval=2s",
                        "--max-msg-timeout=5s",
                        "--msg-timeout=4s",
                        "--max-output-buffer-size=100",
                        "--min-output-buffer-timeout=10ms",
                        "--max-output-buffer-timeout=1s",
                        "--output-buffer-timeout=20ms",
                        "--topology-region=r",
                        "--topology-zone=z")) {
            try (TestClient client = nsqd.connect()) {
                assertThat(client.identify("{\"feature_negotiation\":true}"))
                        .contains("\"max_msg_timeout\":5000")
                        .contains("\"msg_timeout\":4000")
                        .contains("\"output_buffer_timeout\":20")
                        .contains("\"topology_region\":\"r\",\"topology_zone\":\"z\"");
            }
            String[] tooMuch = {
                "heartbeat_interval heartbeat interval 2001",
                "msg_timeout msg timeout 5001",
                "output_buffer_size output buffer size 101",
                "output_buffer_timeout output buffer timeout 9",
                "output_buffer_timeout output buffer timeout 1001"
            };
            for (String each : tooMuch) {
                String key = each.substring(0, each.indexOf(' '));
                String value = each.substring(each.lastIndexOf(' ') + 1);
                String shown = each.substring(key.length() + 1, each.lastIndexOf(' '));
                String json = "{\"" + key + "\":" + value + "}";
                try (TestClient client = nsqd.connect()) {
                    client.write("IDENTIFY\n", json.length(), json);
                    client.expectFatal(
                            "E_BAD_BODY IDENTIFY " + shown + " (" + value + ") is invalid");
                }
            }
        }
    }

    @Test
    void aStoppedDaemonClosesItsConnectionsWithoutAWord() {
        try (OwnNsqd nsqd = OwnNsqd.start();
                TestClient publisher = nsqd.connect();
                TestClient consumer = nsqd.connect();
                TestClient silent = TestClient.connectSilently(nsqd.tcp())) {
            consumer.subscribe(topic, Target.CHANNEL, 1);
            publisher.publish(topic, "m");
            Message message = consumer.message("m");
            consumer.finish(message).expectQuiet();
            nsqd.stop();
            consumer.expectClosed();
            publisher.expectClosed();
            silent.expectClosed();
        }
    }

    @Test
    void aDaemonStopsThoughAConsumerReadsNothing() {
        try (OwnNsqd nsqd = OwnNsqd.start();
                TestClient publisher = nsqd.connect();
                TestClient stuck = TestClient.connectSilently(nsqd.tcp(), 4_096)) {
            stuck.write("  V2").subscribe(topic, Target.CHANNEL, 2_500);
            for (int i = 0; i < 16; i++) {
                publisher.send(new Command.Pub(topic, Bytes.wrap(new byte[1_048_576]))).expectOk();
            }
            nsqd.stop();
            assertThat(stuck.readToEnd()).hasSizeLessThan(16);
        }
    }
}
