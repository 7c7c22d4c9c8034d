package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A new topic gets the channels that it has at other daemons, before its first message goes out.
 */
@Execution(ExecutionMode.CONCURRENT)
@OwnDaemonOnly("needs --lookupd-tcp-address")
class ChannelsElsewhereTest {
    private static final TopicName TOPIC = new TopicName("topic");

    private static OwnNsqd start(FakeLookupNode... nodes) {
        return start("20s", nodes);
    }

    private static OwnNsqd start(String requestTimeout, FakeLookupNode... nodes) {
        String[] flags = new String[nodes.length + 1];
        for (int i = 0; i < nodes.length; i++) {
            flags[i] = "--lookupd-tcp-address=" + nodes[i].address();
        }
        flags[nodes.length] = "--http-client-request-timeout=" + requestTimeout;
        OwnNsqd nsqd = OwnNsqd.start(flags);
        // An answer to something else shows that the introduction is through.
        TopicName first = new TopicName("first");
        try (TestClient client = nsqd.connect()) {
            client.publish(first, "m");
        }
        for (FakeLookupNode node : nodes) {
            node.expectIdentify();
            node.expect("REGISTER first");
        }
        return nsqd;
    }

    /** From now on the node knows this of all topics but the one of the start. */
    private static void knowing(FakeLookupNode node, String answer) {
        node.knowing(topic -> topic.equals("first") ? "{\"channels\":[]}" : answer);
    }

    private static void expectMessages(OwnNsqd nsqd, TopicName topic, String... channels) {
        for (String channel : channels) {
            try (TestClient client = nsqd.connect()) {
                client.subscribe(topic, new ChannelName(channel), 1).message("m");
            }
        }
    }

    private static void publish(OwnNsqd nsqd, TopicName topic) {
        try (TestClient client = nsqd.connect()) {
            client.publish(topic, "m");
        }
    }

    @Test
    void theFirstMessageReachesChannelsThatOnlyOtherDaemonsHad() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = start(node)) {
            knowing(node, "{\"channels\":[\"b\",\"a\"]}");
            publish(nsqd, TOPIC);
            node.expect("REGISTER topic", "REGISTER topic a", "REGISTER topic b");
            expectMessages(nsqd, TOPIC, "a", "b");
        }
    }

    @Test
    void theQuestionIsTheOneThatNsqdAsks() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = start(node)) {
            publish(nsqd, new TopicName("t#ephemeral"));
            String question;
            do {
                question = node.nextQuestion();
            } while (question.contains("topic=first"));
            assertThat(question)
                    .isEqualTo(
                            "GET /channels?topic=t%23ephemeral application/vnd.nsq; version=1.0");
        }
    }

    @Test
    void subscribingToANewTopicLearnsItsChannelsToo() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = start(node);
                TestClient client = nsqd.connect()) {
            knowing(node, "{\"channels\":[\"a\"]}");
            client.subscribe(TOPIC, new ChannelName("mine"), 1);
            publish(nsqd, TOPIC);
            client.message("m");
            expectMessages(nsqd, TOPIC, "a");
        }
    }

    @Test
    void ephemeralAndImpossibleNamesAreLeftOut() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = start(node)) {
            knowing(node, "{\"channels\":[\"e#ephemeral\",\"no name\",7.5,\"a\"]}");
            publish(nsqd, TOPIC);
            node.expect("REGISTER topic", "REGISTER topic 7.5", "REGISTER topic a");
            expectMessages(nsqd, TOPIC, "a");
        }
    }

    @Test
    void allNodesAreAsked() throws IOException {
        try (FakeLookupNode one = new FakeLookupNode();
                FakeLookupNode two = new FakeLookupNode();
                OwnNsqd nsqd = start(one, two)) {
            knowing(one, "{\"channels\":[\"a\",\"both\"]}");
            knowing(two, "{\"channels\":[\"both\",\"b\"]}");
            publish(nsqd, TOPIC);
            for (FakeLookupNode node : List.of(one, two)) {
                node.expect("REGISTER topic", "REGISTER topic a", "REGISTER topic b");
                node.expect("REGISTER topic both");
            }
            expectMessages(nsqd, TOPIC, "a", "b", "both");
        }
    }

    @Test
    void aNodeThatDoesNotAnswerIsNotWaitedForLongerThanAllowed() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                FakeLookupNode hanging = new FakeLookupNode();
                OwnNsqd nsqd = start("5s", node, hanging)) {
            knowing(node, "{\"channels\":[\"a\",\"b\"]}");
            knowing(hanging, null);
            publish(nsqd, TOPIC);
            node.expect("REGISTER topic", "REGISTER topic a", "REGISTER topic b");
            expectMessages(nsqd, TOPIC, "a", "b");
        }
    }

    @Test
    void messagesWaitForTheAnswerButPublishersDoNot() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = start("1s", node);
                TestClient publisher = nsqd.connect();
                TestClient consumer = nsqd.connect()) {
            knowing(node, null);
            for (int i = 0; i < 100; i++) publisher.publish(TOPIC, "m" + i);
            consumer.subscribe(TOPIC, Target.CHANNEL, 100);
            for (int i = 0; i < 100; i++) consumer.message("m" + i);
        }
    }

    @Test
    void questionsThatWereGivenUpDoNotStandInTheWayOfLaterOnes() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = start("2s", node)) {
            node.knowing(topic -> topic.startsWith("hang") ? null : "{\"channels\":[\"a\"]}");
            for (int i = 0; i < 20; i++) {
                TopicName topic = new TopicName("hang" + i);
                publish(nsqd, topic);
                node.skipTo("REGISTER hang" + i);
            }
            for (int i = 0; i < 20; i++) {
                expectMessages(nsqd, new TopicName("hang" + i), "c");
                node.expect("REGISTER hang" + i + " c");
            }
            publish(nsqd, TOPIC);
            node.skipTo("REGISTER topic").skipTo("REGISTER topic a");
            expectMessages(nsqd, TOPIC, "a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "{", "{}", "{\"channels\":null}", "{\"channels\":{}}"})
    void anAnswerThatSaysNothingIsAnAnswer(String answer) throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = start(node)) {
            knowing(node, answer);
            publish(nsqd, TOPIC);
            node.expect("REGISTER topic");
            expectMessages(nsqd, TOPIC, "c");
        }
    }
}
