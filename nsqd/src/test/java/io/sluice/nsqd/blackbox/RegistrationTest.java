package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lookup nodes are told, and what becomes of the daemon when they do not behave. */
@Execution(ExecutionMode.CONCURRENT)
@OwnDaemonOnly("needs --lookupd-tcp-address")
class RegistrationTest {
    private static final TopicName TOPIC = new TopicName("topic");
    private static final ChannelName CHANNEL = new ChannelName("channel");

    private static OwnNsqd start(FakeLookupNode... nodes) {
        String[] flags = new String[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            flags[i] = "--lookupd-tcp-address=" + nodes[i].address();
        }
        return OwnNsqd.start(flags);
    }

    /** As {@link #start}; the nodes have let it in and know of the topic {@code first}. */
    private static OwnNsqd startRegistered(FakeLookupNode... nodes) {
        OwnNsqd nsqd = start(nodes);
        for (FakeLookupNode node : nodes) node.expectIdentify();
        try (TestClient client = nsqd.connect()) {
            client.publish(new TopicName("first"), "m");
        }
        for (FakeLookupNode node : nodes) node.expect("REGISTER first");
        return nsqd;
    }

    /** A topic and a channel, and a message all the way. */
    private static void roundTrip(OwnNsqd nsqd) {
        try (TestClient client = nsqd.connect()) {
            client.subscribe(TOPIC, CHANNEL, 0).publish(TOPIC, "m");
            client.write("RDY 1\n").finish(client.message("m")).expectQuiet();
        }
    }

    @Test
    void theDaemonIntroducesItself() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = start(node)) {
            String json = node.expectIdentify();
            JsonNode identify = new ObjectMapper().readTree(json);
            assertThat(json)
                    .matches(
                            "\\{\"broadcast_address\":\"127.0.0.1\",\"hostname\":\"[^\"]+\","
                                    + "\"http_port\":\\d+,\"tcp_port\":\\d+,"
                                    + "\"topology_region\":\"\",\"topology_zone\":\"\","
                                    + "\"version\":\"1\\.[^\"]+\"}");
            assertThat(identify.get("tcp_port").asInt()).isEqualTo(nsqd.tcp().port());
            assertThat(identify.get("http_port").asInt()).isEqualTo(nsqd.http().port());
        }
    }

    @Test
    void itSaysWhatItsUserWantsToBeSaid() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd =
                        OwnNsqd.start(
                                "--lookupd-tcp-address=" + node.address(),
                                "--broadcast-address=queue.example",
                                "--broadcast-tcp-port=1111",
                                "--broadcast-http-port=2222",
                                "--topology-region=r",
                                "--topology-zone=z")) {
            assertThat(nsqd.tcp().port()).isNotEqualTo(1111);
            assertThat(node.expectIdentify())
                    .contains(
                            "\"broadcast_address\":\"queue.example\"",
                            "\"tcp_port\":1111",
                            "\"http_port\":2222",
                            "\"topology_region\":\"r\"",
                            "\"topology_zone\":\"z\"");
        }
    }

    @Test
    void whatComesAndGoesIsToldInOrder() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = startRegistered(node)) {
            try (TestClient client = nsqd.connect()) {
                client.publish(TOPIC, "m");
                node.expect("REGISTER topic");
                client.subscribe(TOPIC, new ChannelName("brief#ephemeral"), 1);
                node.expect("REGISTER topic brief#ephemeral");
            }
            node.expect("UNREGISTER topic brief#ephemeral");
            try (TestClient client = nsqd.connect()) {
                client.subscribe(new TopicName("t#ephemeral"), new ChannelName("c#ephemeral"), 1);
                node.expect("REGISTER t#ephemeral", "REGISTER t#ephemeral c#ephemeral");
            }
            node.expect("UNREGISTER t#ephemeral c#ephemeral", "UNREGISTER t#ephemeral");
        }
    }

    @Test
    void everythingIsToldAgainHoweverOftenTheConnectionIsLost() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = startRegistered(node)) {
            try (TestClient client = nsqd.connect()) {
                client.publish(new TopicName("bare"), "m").subscribe(TOPIC, CHANNEL, 1);
                node.expect("REGISTER bare", "REGISTER topic", "REGISTER topic channel");
            }
            for (int i = 0; i < 5; i++) {
                if (i % 2 == 0) node.drop();
                else node.reset();
                node.expectIdentify();
                node.expect("REGISTER bare", "REGISTER first", "REGISTER topic channel");
            }
            try (TestClient client = nsqd.connect()) {
                client.publish(new TopicName("new"), "m");
            }
            node.expect("REGISTER new");
        }
    }

    @Test
    void whatCameWhileTheNodeWasAwayIsToldWhenItIsBack() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode()) {
            node.answering(line -> null);
            try (OwnNsqd nsqd = start(node)) {
                node.expectIdentify();
                roundTrip(nsqd);
                node.answering(node::wellBehaved);
                node.drop();
                node.expectIdentify();
                node.expect("REGISTER topic channel");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"E_INVALID not now", "E_BAD_TOPIC whatever"})
    void afterARefusalTheDaemonStartsAnew(String refusal) throws IOException {
        AtomicInteger refusals = new AtomicInteger();
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = startRegistered(node)) {
            node.answering(
                    line ->
                            line.startsWith("REGISTER") && refusals.incrementAndGet() <= 2
                                    ? FakeLookupNode.answer(refusal)
                                    : node.wellBehaved(line));
            try (TestClient client = nsqd.connect()) {
                client.publish(new TopicName("other"), "m");
            }
            node.expect("REGISTER other", "closed").expectIdentify();
            node.expect("REGISTER first", "closed").expectIdentify();
            node.expect("REGISTER first", "REGISTER other");
            roundTrip(nsqd);
            node.expect("REGISTER topic", "REGISTER topic channel");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"E_INVALID client must IDENTIFY", "OK", "{", "null", "{}", ""})
    void anIntroductionThatIsNotAcceptedIsTriedAgain(String answer) throws IOException {
        try (FakeLookupNode node = new FakeLookupNode()) {
            node.answering(line -> FakeLookupNode.answer(answer));
            try (OwnNsqd nsqd = start(node)) {
                node.expectIdentify();
                node.expect("closed").expectIdentify();
                node.answering(node::wellBehaved);
                node.skipTo("closed").expectIdentify();
                roundTrip(nsqd);
                node.skipTo("REGISTER topic channel");
            }
        }
    }

    @Test
    void anAnswerOfTwoGigabytesIsNotWaitedFor() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode()) {
            node.answering(line -> TestClient.bytes(0x7fffffff, "OK"));
            try (OwnNsqd nsqd = start(node)) {
                node.expectIdentify();
                node.expect("closed");
                node.answering(node::wellBehaved);
                node.expectIdentify();
                roundTrip(nsqd);
            }
        }
    }

    @Test
    void answersMayComeInPieces() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = startRegistered(node)) {
            node.answering(line -> null);
            try (TestClient client = nsqd.connect()) {
                client.publish(TOPIC, "m").subscribe(TOPIC, CHANNEL, 1).message("m");
            }
            node.expect("REGISTER topic");
            for (byte b : FakeLookupNode.answer("OK")) node.write(new byte[] {b});
            node.expect("REGISTER topic channel");
        }
    }

    @Test
    void aNodeThatNeverAnswersHoldsUpNeitherClientsNorOtherNodes() throws IOException {
        try (FakeLookupNode dead = new FakeLookupNode();
                FakeLookupNode node = new FakeLookupNode()) {
            dead.answering(line -> null);
            try (OwnNsqd nsqd = start(dead, node)) {
                dead.expectIdentify();
                node.expectIdentify();
                roundTrip(nsqd);
                node.skipTo("REGISTER topic channel");
                // Given up after a while, and tried again.
                dead.expect("closed").expectIdentify();
            }
        }
    }

    @Test
    void aNodeThatIsNotThereChangesNothing() throws IOException {
        String address;
        try (FakeLookupNode gone = new FakeLookupNode()) {
            address = gone.address();
        }
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd =
                        OwnNsqd.start(
                                "--lookupd-tcp-address=" + address,
                                "--lookupd-tcp-address=" + node.address())) {
            node.expectIdentify();
            roundTrip(nsqd);
            node.skipTo("REGISTER topic channel");
        }
    }

    @Test
    void aDaemonThatStopsJustGoes() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = startRegistered(node)) {
            roundTrip(nsqd);
            node.expect("REGISTER topic", "REGISTER topic channel");
            nsqd.stop();
            node.expect("closed");
        }
    }

    @Test
    void theDaemonPingsToShowThatItLives() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = start(node)) {
            node.expectIdentify();
            // Every 15 s.
            node.expect("PING");
            roundTrip(nsqd);
        }
    }
}
