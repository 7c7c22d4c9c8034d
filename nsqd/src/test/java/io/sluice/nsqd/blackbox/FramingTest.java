package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Frame;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How bytes become commands, and answers bytes. */
@Execution(ExecutionMode.CONCURRENT)
class FramingTest {
    /** Bytes of a line at most, LF included. */
    private static final int LINE = 16_384;

    private final TopicName topic = Target.newTopic();

    @ParameterizedTest
    @ValueSource(strings = {"  V1", "  v2", " V2 ", "GET ", "\0\0\0\0"})
    void anyOtherMagicIsAnErrorWithoutText(String magic) {
        try (TestClient client = TestClient.connectSilently(Target.tcp())) {
            client.write(magic).expectFatal("E_BAD_PROTOCOL");
        }
    }

    @Test
    void theMagicIsAnsweredWithNothing() {
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "m");
        }
    }

    @Test
    void anOkIsTenBytes() {
        try (TestClient client = TestClient.connect()) {
            client.write("PUB " + topic + "\n", 1, "m");
            for (int expected : new int[] {0, 0, 0, 6, 0, 0, 0, 0, 'O', 'K'}) {
                assertThat(client.readByte()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aMessageIsFramedAsTimeAttemptsIdAndBody() {
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "hello").subscribe(topic, Target.CHANNEL, 1);
            List<Integer> bytes = new ArrayList<>();
            for (int i = 0; i < 8 + 26 + 5; i++) bytes.add(client.readByte());
            assertThat(bytes.subList(0, 8)).containsExactly(0, 0, 0, 35, 0, 0, 0, 2);
            // 0x18… and 0x19… nanoseconds are the years 2024 to 2030.
            assertThat(bytes.get(8)).isBetween(0x17, 0x1b);
            assertThat(bytes.subList(16, 18)).containsExactly(0, 1);
            assertThat(bytes.subList(18, 34)).allMatch(b -> "0123456789abcdef".indexOf(b) >= 0);
            assertThat(bytes.subList(34, 39))
                    .containsExactly((int) 'h', (int) 'e', (int) 'l', (int) 'l', (int) 'o');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", " extra\n", " extra and more\r\n", " \n"})
    void linesMayEndInCrLfAndHoldMoreThanIsAskedFor(String end) {
        try (TestClient client = TestClient.connect()) {
            client.write("PUB " + topic + end, 1, "m").expectOk();
            client.write("NOP" + end, "SUB " + topic + " c" + end).expectOk();
            client.write("RDY 1" + end);
            Message message = client.message("m");
            client.write("TOUCH " + message.id() + end, "REQ " + message.id() + " 0" + end);
            client.write("FIN " + client.message("m").id() + end, "CLS" + end);
            client.expect("CLOSE_WAIT");
        }
    }

    @Test
    void onlyOneCrBelongsToTheEndOfALine() {
        try (TestClient client = TestClient.connect()) {
            client.write("PUB " + topic + "\r\r\n", 1, "m")
                    .expectFatal("E_BAD_TOPIC PUB topic name \"" + topic + "\\r\" is not valid");
        }
    }

    @Test
    void bytesMayComeOneAtATime() {
        byte[] session =
                TestClient.bytes(
                        "  V2IDENTIFY\n",
                        2,
                        "{}",
                        "PUB " + topic + "\r\n",
                        5,
                        "hello",
                        "MPUB " + topic + "\n",
                        4 + 5 + 6,
                        2,
                        1,
                        "a",
                        2,
                        "bc",
                        "DPUB " + topic + " 1\n",
                        1,
                        "d",
                        "SUB " + topic + " c\nRDY 5\nNOP\n");
        try (TestClient client = TestClient.connectSilently(Target.tcp())) {
            for (byte b : session) client.write(new byte[] {b});
            for (int i = 0; i < 5; i++) client.expectOk();
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < 4; i++) bodies.add(client.message().body().utf8());
            assertThat(bodies).containsExactlyInAnyOrder("hello", "a", "bc", "d");
        }
    }

    @Test
    void aLineOfTheGreatestLengthIsTaken() {
        String line = "PUB " + topic + " ";
        try (TestClient client = TestClient.connect()) {
            client.write(line + "x".repeat(LINE - 1 - line.length()) + "\n", 1, "m").expectOk();
        }
    }

    @Test
    void aLongerLineEndsTheConnectionWithoutAWord() {
        String line = "PUB " + topic + " ";
        try (TestClient client = TestClient.connect()) {
            client.write(line + "x".repeat(LINE - line.length()));
            client.expectClosed();
        }
    }

    @Test
    void whatCameBeforeALineThatIsTooLongIsAnswered() {
        List<TopicName> topics = topics(8);
        try (TestClient client = TestClient.connect()) {
            List<Object> parts = new ArrayList<>();
            for (TopicName each : topics) parts.addAll(List.of("PUB " + each + "\n", 1, "m"));
            parts.add("x".repeat(LINE));
            client.write(parts.toArray());
            for (TopicName ignored : topics) client.expectOk();
            client.expectClosed();
        }
    }

    /** Topics of different loops: those of Sluice have one thread each, a topic has one of them. */
    private static List<TopicName> topics(int count) {
        List<TopicName> topics = new ArrayList<>();
        for (int i = 0; i < count; i++) topics.add(Target.newTopic());
        return topics;
    }

    @Test
    void answersComeInTheOrderOfCommandsWhateverTopicsTheyAreAbout() {
        List<TopicName> topics = topics(10);
        try (TestClient client = TestClient.connect()) {
            client.subscribe(topic, Target.CHANNEL, 0);
            List<Object> parts = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                parts.addAll(List.of("PUB " + topics.get(i % 10) + "\n", 1, "m"));
                parts.add("FIN " + id(i) + "\nNOP\n");
            }
            client.write(parts.toArray());
            for (int i = 0; i < 1_000; i++) {
                client.expectOk();
                client.expectError("E_FIN_FAILED FIN " + id(i) + " failed ID not in flight");
            }
        }
    }

    private static String id(int i) {
        return String.format("no-message-%05d", i);
    }

    @Test
    void anErrorComesBehindTheAnswersToEarlierCommands() {
        List<TopicName> topics = topics(50);
        try (TestClient client = TestClient.connect()) {
            List<Object> parts = new ArrayList<>();
            for (TopicName each : topics) parts.addAll(List.of("PUB " + each + "\n", 1, "m"));
            parts.add("NONSENSE\n");
            client.write(parts.toArray());
            for (TopicName ignored : topics) client.expectOk();
            client.expectFatal("E_INVALID invalid command NONSENSE");
        }
    }

    @Test
    void whatComesBehindAFatalErrorIsNotCarriedOut() {
        try (TestClient client = TestClient.connect()) {
            client.write("BAD\nPUB " + topic + "\n", 4, "lost")
                    .expectFatal("E_INVALID invalid command BAD");
        }
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "kept").subscribe(topic, Target.CHANNEL, 5);
            client.message("kept");
            client.expectQuiet();
        }
    }

    @Test
    void aClientThatSendsNoMoreIsStillAnswered() {
        try (TestClient client = TestClient.connect()) {
            client.write("PUB " + topic + "\n", 1, "m").endOutput().expectOk().expectClosed();
        }
    }

    @Test
    void aClientThatEndsInsideABodyIsToldSo() {
        try (TestClient client = TestClient.connect()) {
            client.write("PUB " + topic + "\n", 5, "mm").endOutput();
            client.expectFatal("E_BAD_MESSAGE PUB failed to read message body");
        }
    }

    @Test
    void severalConnectionsHaveTheirOwnStreams() {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) clients.add(TestClient.connect());
        for (TestClient client : clients) client.write("PUB " + topic + "\n", 2, "m");
        for (TestClient client : clients) client.write("m").expect(Frame.OK);
        clients.forEach(TestClient::close);
    }
}
