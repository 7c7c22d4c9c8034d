package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import io.sluice.protocol.stream.DeflatePacker;
import io.sluice.protocol.stream.SnappyPacker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are compressed from the answer to IDENTIFY on. */
@Execution(ExecutionMode.CONCURRENT)
class CompressionTest {
    private static final String CLASH =
            "E_IDENTIFY_FAILED cannot enable both deflate and snappy compression";

    private final TopicName topic = Target.newTopic();

    private static TestClient connect(String codec) {
        return Layered.connect(Target.tcp(), wanted(codec), null);
    }

    private static String wanted(String codec) {
        return "\"" + codec + "\":true";
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "deflate"})
    void batchesComeAsTheyWerePublished(String codec) {
        try (TestClient publisher = connect(codec);
                TestClient consumer = connect(codec)) {
            List<Bytes> bodies = new ArrayList<>();
            Random random = new Random(3);
            for (int i = 0; i < 500; i++) {
                byte[] body = new byte[1 + random.nextInt(300)];
                for (int at = 0; at < body.length; at++) body[at] = (byte) random.nextInt(1 + i);
                bodies.add(Bytes.wrap(body));
            }
            publisher.publishAll(topic, bodies);
            consumer.subscribe(topic, Target.CHANNEL, 200);
            for (Bytes body : bodies) {
                Message message = consumer.message();
                assertThat(message.body()).isEqualTo(body);
                consumer.finish(message);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "deflate"})
    void commandsMayComeByteByByte(String codec) {
        try (TestClient client = connect(codec)) {
            // The client's own stream has not begun: this is all of it.
            byte[] command = TestClient.bytes("PUB " + topic + "\n", 5, "hello");
            ByteBuffer packed =
                    codec.equals("snappy")
                            ? new SnappyPacker().pack(ByteBuffer.wrap(command))
                            : new DeflatePacker(6).pack(ByteBuffer.wrap(command));
            while (packed.hasRemaining()) client.wire().writeRaw(new byte[] {packed.get()});
            client.expectOk();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "deflate"})
    void errorsAndHeartbeatsAreCompressedToo(String codec) {
        String wanted = wanted(codec) + ",\"heartbeat_interval\":3000";
        try (TestClient client = Layered.connect(Target.tcp(), wanted, null)) {
            assertThat(client.read()).isEqualTo(Frame.HEARTBEAT);
            client.write("NO\n").expectFatal("E_INVALID invalid command NO");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "deflate"})
    void whatIsNotCompressedEndsTheConnection(String codec) {
        try (TestClient client = connect(codec)) {
            client.wire().writeRaw(TestClient.bytes(7, 7, 7, "PUB " + topic + "\n", 1, "m"));
            client.expectClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "deflate"})
    void randomBytesDisturbNobodyElse(String codec) {
        Random random = new Random(11);
        try (TestClient other = TestClient.connect()) {
            for (int i = 0; i < 10; i++) {
                try (TestClient client = connect(codec)) {
                    if (i % 2 == 0) client.publish(topic, "m");
                    byte[] noise = new byte[3_000];
                    random.nextBytes(noise);
                    client.wire().writeRaw(noise);
                }
                other.publish(topic, "m");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "deflate"})
    void aFewBytesThatBecomeManyAreCarriedOutWhileOthersGoOn(String codec) {
        byte[] nops = "NOP\n".repeat(500_000).getBytes();
        try (TestClient bomber = connect(codec);
                TestClient other = TestClient.connect()) {
            bomber.write(nops);
            for (int i = 0; i < 20; i++) other.publish(topic, "m");
            bomber.publish(topic, "after");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "deflate"})
    void anEndlessLineEndsTheConnectionHoweverSmallItIs(String codec) {
        try (TestClient client = connect(codec)) {
            client.write(new byte[1_000_000]).expectClosed();
        }
    }

    @Test
    void aPipelineWhoseAnswersAreReadLateLosesNothing() {
        TopicName ephemeral = Target.newEphemeralTopic();
        int count = 120_000;
        byte[] one = TestClient.bytes("PUB " + ephemeral + "\n", 4, "body");
        ByteBuffer all = ByteBuffer.allocate(count * one.length);
        while (all.hasRemaining()) all.put(one);
        try (TestClient client = connect("deflate")) {
            client.write(all.array());
            for (int i = 0; i < count; i++) client.expectOk();
            client.publish(ephemeral, "after");
        }
    }

    @Test
    void bothAtOnceAreRefused() {
        String json = "{\"feature_negotiation\":true,\"snappy\":true,\"deflate\":true}";
        try (TestClient client = TestClient.connect()) {
            client.write("IDENTIFY\n", json.length(), json).expectFatal(CLASH);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 6", "-1, 6", "1, 1", "3, 3", "6, 6", "7, 6", "99, 6"})
    void theLevelIsWhatWasAskedForWithinWhatIsAllowed(int asked, int got) {
        String wanted = "\"deflate\":true,\"deflate_level\":" + asked;
        try (TestClient client = TestClient.connect()) {
            JsonNode answer = Layered.negotiate(client, wanted);
            assertThat(answer.get("deflate_level").intValue()).isEqualTo(got);
            assertThat(answer.get("max_deflate_level").intValue()).isEqualTo(6);
            Layered.change(client, answer, null);
            client.publish(topic, "m");
        }
    }

    @Test
    @OwnDaemonOnly("needs flags")
    void whatIsSwitchedOffIsAnsweredWithFalse() {
        try (OwnNsqd nsqd = OwnNsqd.start("--snappy=false", "--max-deflate-level=2")) {
            String both = "\"deflate\":true,\"snappy\":true,\"deflate_level\":9";
            try (TestClient client = nsqd.connect()) {
                JsonNode answer = Layered.negotiate(client, both);
                assertThat(answer.get("snappy").booleanValue()).isFalse();
                assertThat(answer.get("deflate").booleanValue()).isTrue();
                assertThat(answer.get("deflate_level").intValue()).isEqualTo(2);
                Layered.change(client, answer, null);
                client.send(new Command.Sub(topic, Target.CHANNEL)).expectOk();
                JsonNode shown = Http.channel(nsqd.http(), topic).at("/clients/0");
                assertThat(shown.get("deflate").booleanValue()).isTrue();
                assertThat(shown.get("snappy").booleanValue()).isFalse();
            }
        }
        try (OwnNsqd nsqd = OwnNsqd.start("--deflate=false");
                TestClient client = nsqd.connect()) {
            JsonNode answer = Layered.negotiate(client, "\"deflate\":true,\"snappy\":true");
            assertThat(answer.get("deflate").booleanValue()).isFalse();
            Layered.change(client, answer, null);
            client.publish(topic, "m");
        }
    }
}
