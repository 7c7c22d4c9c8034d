package io.sluice.nsqd.blackbox;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error that a client can bring about, to the letter, and whether it survives it. */
@Execution(ExecutionMode.CONCURRENT)
class ErrorTest {
    private static final int MAX_BODY = 5_242_880;
    private static final int MAX_MESSAGE = 1_048_576;
    private static final String ID = TestClient.NO_SUCH_ID.toString();
    private static final String TOO_LONG = "x".repeat(65);
    private static final int NOT_READ = 0x7fffffff;

    static Stream<Arguments> lines() {
        return Stream.of(
                arguments("\n", "E_INVALID invalid command "),
                arguments(" PUB t\n", "E_INVALID invalid command "),
                arguments("pub t\n", "E_INVALID invalid command pub"),
                arguments("PUBLISH t\n", "E_INVALID invalid command PUBLISH"),
                arguments("SUB\n", "E_INVALID SUB insufficient number of parameters"),
                arguments("SUB t\n", "E_INVALID SUB insufficient number of parameters"),
                arguments("PUB\n", "E_INVALID PUB insufficient number of parameters"),
                arguments("MPUB\n", "E_INVALID MPUB insufficient number of parameters"),
                arguments("DPUB\n", "E_INVALID DPUB insufficient number of parameters"),
                arguments("DPUB t\n", "E_INVALID DPUB insufficient number of parameters"),
                arguments("RDY 1\n", "E_INVALID cannot RDY in current state"),
                arguments("FIN " + ID + "\n", "E_INVALID cannot FIN in current state"),
                arguments("REQ " + ID + " 0\n", "E_INVALID cannot REQ in current state"),
                arguments("TOUCH " + ID + "\n", "E_INVALID cannot TOUCH in current state"),
                arguments("CLS\n", "E_INVALID cannot CLS in current state"),
                arguments("AUTH x\n", "E_INVALID AUTH invalid number of parameters"),
                arguments("DPUB t -1\n", "E_INVALID DPUB could not parse timeout -1"),
                arguments("DPUB t 1s\n", "E_INVALID DPUB could not parse timeout 1s"),
                arguments("DPUB t +1\n", "E_INVALID DPUB could not parse timeout +1"),
                arguments(
                        "DPUB t 3600001\n",
                        "E_INVALID DPUB timeout 3600001 out of range 0-3600000"),
                arguments("SUB a#b c\n", badTopic("SUB", "a#b")),
                arguments("SUB " + TOO_LONG + " c\n", badTopic("SUB", TOO_LONG)),
                arguments("PUB  t\n", badTopic("PUB", "")),
                arguments("PUB #ephemeral\n", badTopic("PUB", "#ephemeral")),
                arguments("PUB a\"b\\\n", badTopic("PUB", "a\\\"b\\\\")),
                arguments("PUB \u00ff\n", badTopic("PUB", "\\xff")),
                arguments("DPUB t! x\n", badTopic("DPUB", "t!")),
                arguments("MPUB t!\n", "E_BAD_TOPIC " + badTopic("MPUB", "t!")),
                arguments("SUB t c*\n", badChannel("c*")),
                arguments("SUB t \n", badChannel("")),
                arguments("SUB t c#ephemeral#ephemeral\n", badChannel("c#ephemeral#ephemeral")));
    }

    private static String badTopic(String verb, String shown) {
        return "E_BAD_TOPIC " + verb + " topic name \"" + shown + "\" is not valid";
    }

    private static String badChannel(String shown) {
        return "E_BAD_CHANNEL SUB channel name \"" + shown + "\" is not valid";
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineThatCannotBeTaken(String line, String error) {
        try (TestClient client = TestClient.connect()) {
            client.write(line).expectFatal(error);
        }
    }

    static Stream<Arguments> sizes() {
        String tooBig = " body too big " + NOT_READ + " > " + MAX_BODY;
        String tooLong = " message too big " + NOT_READ + " > " + MAX_MESSAGE;
        return Stream.of(
                arguments("IDENTIFY\n", NOT_READ, "E_BAD_BODY IDENTIFY" + tooBig),
                arguments("IDENTIFY\n", 0, "E_BAD_BODY IDENTIFY invalid body size 0"),
                arguments("IDENTIFY\n", -1, "E_BAD_BODY IDENTIFY invalid body size -1"),
                arguments("AUTH\n", NOT_READ, "E_BAD_BODY AUTH" + tooBig),
                arguments("AUTH\n", 0, "E_BAD_BODY AUTH invalid body size 0"),
                arguments("PUB t\n", NOT_READ, "E_BAD_MESSAGE PUB" + tooLong),
                arguments("PUB t\n", 0, "E_BAD_MESSAGE PUB invalid message body size 0"),
                arguments("PUB t\n", -5, "E_BAD_MESSAGE PUB invalid message body size -5"),
                arguments("DPUB t 0\n", NOT_READ, "E_BAD_MESSAGE DPUB" + tooLong),
                arguments("DPUB t 0\n", 0, "E_BAD_MESSAGE DPUB invalid message body size 0"),
                arguments(
                        "PUB t\n",
                        MAX_MESSAGE + 1,
                        "E_BAD_MESSAGE PUB message too big 1048577 > 1048576"));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aSizeIsRefusedBeforeAnythingOfTheBodyHasCome(String line, int size, String error) {
        try (TestClient client = TestClient.connect()) {
            client.write(line, size).expectFatal(error);
        }
    }

    static Stream<Arguments> batches() {
        String topic = Target.newEphemeralTopic().value();
        return Stream.of(
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", NOT_READ),
                        "E_BAD_BODY MPUB body too big " + NOT_READ + " > " + MAX_BODY),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", 0),
                        "E_BAD_BODY MPUB invalid body size 0"),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", -1),
                        "E_BAD_BODY MPUB invalid body size -1"),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", 4, 0),
                        "E_BAD_BODY MPUB invalid message count 0"),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", 4, -2),
                        "E_BAD_BODY MPUB invalid message count -2"),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", 4, 1_048_576),
                        "E_BAD_BODY MPUB invalid message count 1048576"),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", 20, 2, 1, "a", 0),
                        "E_BAD_MESSAGE MPUB invalid message(1) body size 0"),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", 20, 2, 1, "a", -3),
                        "E_BAD_MESSAGE MPUB invalid message(1) body size -3"),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", 20, 1, NOT_READ),
                        "E_BAD_MESSAGE MPUB message too big " + NOT_READ + " > " + MAX_MESSAGE));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void aBatchIsRefusedAtItsFirstFault(byte[] batch, String error) {
        try (TestClient client = TestClient.connect()) {
            client.write(batch).expectFatal(error);
        }
    }

    static Stream<Arguments> linesOfConsumers() {
        return Stream.of(
                arguments("SUB t c\n", "E_INVALID cannot SUB in current state"),
                arguments("IDENTIFY\n", "E_INVALID cannot IDENTIFY in current state"),
                arguments("AUTH\n", "E_INVALID cannot AUTH in current state"),
                arguments("FIN\n", "E_INVALID FIN insufficient number of params"),
                arguments("REQ\n", "E_INVALID REQ insufficient number of params"),
                arguments("REQ " + ID + "\n", "E_INVALID REQ insufficient number of params"),
                arguments("TOUCH\n", "E_INVALID TOUCH insufficient number of params"),
                arguments("FIN " + ID + "x\n", "E_INVALID invalid message ID"),
                arguments("FIN \n", "E_INVALID invalid message ID"),
                arguments("REQ short 0\n", "E_INVALID invalid message ID"),
                arguments("TOUCH " + ID.substring(1) + "\n", "E_INVALID invalid message ID"),
                arguments("REQ " + ID + " -1\n", "E_INVALID REQ could not parse timeout -1"),
                arguments("REQ " + ID + " soon\n", "E_INVALID REQ could not parse timeout soon"),
                arguments("RDY -1\n", "E_INVALID RDY could not parse count -1"),
                arguments("RDY 1e3\n", "E_INVALID RDY could not parse count 1e3"),
                arguments("RDY 2501\n", "E_INVALID RDY count 2501 out of range 0-2500"));
    }

    @ParameterizedTest
    @MethodSource("linesOfConsumers")
    void aLineThatAConsumerMayNotSend(String line, String error) {
        try (TestClient client = TestClient.connect()) {
            client.subscribe(Target.newEphemeralTopic(), Target.CHANNEL, 0);
            client.write(line).expectFatal(error);
        }
    }

    @Test
    void aSecretIsReadAndRefusedWhenThereIsNobodyToAsk() {
        try (TestClient client = TestClient.connect()) {
            client.write("AUTH\n", 6, "secret").expectFatal("E_AUTH_DISABLED AUTH disabled");
        }
    }

    @Test
    void closingTwiceIsAnError() {
        try (TestClient client = TestClient.connect()) {
            client.subscribe(Target.newEphemeralTopic(), Target.CHANNEL, 1);
            client.write("CLS\n").expect("CLOSE_WAIT");
            client.write("CLS\n").expectFatal("E_INVALID cannot CLS in current state");
        }
    }

    @Test
    void anUnknownMessageIsNoReasonToPart() {
        try (TestClient client = TestClient.connect()) {
            client.subscribe(Target.newEphemeralTopic(), Target.CHANNEL, 1);
            client.write("FIN " + ID + "\nREQ " + ID + " 0\nTOUCH " + ID + "\n");
            client.expectError("E_FIN_FAILED FIN " + ID + " failed ID not in flight");
            client.expectError("E_REQ_FAILED REQ " + ID + " failed ID not in flight");
            client.expectError("E_TOUCH_FAILED TOUCH " + ID + " failed ID not in flight");
            client.write("CLS\n").expect("CLOSE_WAIT");
        }
    }

    static Stream<Arguments> stalls() {
        String topic = Target.newEphemeralTopic().value();
        return Stream.of(
                arguments(
                        TestClient.bytes("IDENTIFY\n", "xx"),
                        "E_BAD_BODY IDENTIFY failed to read body size"),
                arguments(
                        TestClient.bytes("IDENTIFY\n", 5, "{"),
                        "E_BAD_BODY IDENTIFY failed to read body"),
                arguments(TestClient.bytes("AUTH\n"), "E_BAD_BODY AUTH failed to read body size"),
                arguments(
                        TestClient.bytes("AUTH\n", 5, "1234"),
                        "E_BAD_BODY AUTH failed to read body"),
                arguments(
                        TestClient.bytes("PUB " + topic + "\n", "xxx"),
                        "E_BAD_MESSAGE PUB failed to read message body size"),
                arguments(
                        TestClient.bytes("PUB " + topic + "\n", 5, "1234"),
                        "E_BAD_MESSAGE PUB failed to read message body"),
                arguments(
                        TestClient.bytes("DPUB " + topic + " 1\n"),
                        "E_BAD_MESSAGE DPUB failed to read message body size"),
                arguments(
                        TestClient.bytes("DPUB " + topic + " 1\n", 5),
                        "E_BAD_MESSAGE DPUB failed to read message body"),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", "x"),
                        "E_BAD_BODY MPUB failed to read body size"),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", 20, "xxx"),
                        "E_BAD_BODY MPUB failed to read message count"),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", 20, 2, 1, "a", "xx"),
                        "E_BAD_MESSAGE MPUB failed to read message(1) body size"),
                arguments(
                        TestClient.bytes("MPUB " + topic + "\n", 20, 2, 1, "a", 3, "xx"),
                        "E_BAD_MESSAGE MPUB failed to read message body"));
    }

    @ParameterizedTest
    @MethodSource("stalls")
    void aBodyThatStopsHalfWayIsAnErrorOnceTheReadDeadlineHasPassed(byte[] part, String error) {
        try (TestClient client = TestClient.connect()) {
            client.identify("{\"heartbeat_interval\":1000}");
            client.write(part).expectFatal(error);
        }
    }

    @ParameterizedTest
    @MethodSource("stalls")
    void aBodyThatEndsHalfWayIsAnErrorAtOnce(byte[] part, String error) {
        try (TestClient client = TestClient.connect()) {
            client.write(part).endOutput().expectFatal(error);
        }
    }
}
