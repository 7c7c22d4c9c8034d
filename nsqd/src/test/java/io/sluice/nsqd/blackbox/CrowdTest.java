package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Many connections at once, some of them mad. */
@Execution(ExecutionMode.CONCURRENT)
class CrowdTest {
    private final TopicName topic = Target.newTopic();

    /** One message all the way, on connections that were there before. */
    private void roundTrip(TestClient publisher, TestClient consumer, String body) {
        publisher.publish(topic, body);
        consumer.finish(consumer.message(body));
    }

    @Test
    void randomBytesDisturbNobodyElse() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        try (TestClient publisher = TestClient.connect();
                TestClient consumer = TestClient.connect()) {
            consumer.subscribe(topic, Target.CHANNEL, 1);
            List<TestClient> crowd = new ArrayList<>();
            for (int i = 0; i < 64; i++) crowd.add(TestClient.connectSilently(Target.tcp()));
            for (int round = 0; round < 5; round++) {
                for (TestClient client : crowd) {
                    byte[] noise = new byte[random.nextInt(5_000)];
                    random.nextBytes(noise);
                    boolean magic = round == 0 && random.nextBoolean();
                    client.writeUnlessClosed(magic ? "  V2" : "", noise);
                }
                roundTrip(publisher, consumer, "round " + round + " of seed " + seed);
            }
            crowd.forEach(TestClient::close);
            roundTrip(publisher, consumer, "after");
        }
    }

    @Test
    void halfWrittenCommandsDisturbNobodyElse() {
        try (TestClient publisher = TestClient.connect();
                TestClient consumer = TestClient.connect()) {
            consumer.subscribe(topic, Target.CHANNEL, 1);
            List<TestClient> crowd = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                crowd.add(TestClient.connect().write("PUB " + topic + "\n", 1_000_000, "part"));
            }
            roundTrip(publisher, consumer, "during");
            for (int i = 0; i < crowd.size(); i++) {
                if (i % 2 == 0) crowd.get(i).close();
                else crowd.get(i).reset();
            }
            roundTrip(publisher, consumer, "after");
            consumer.expectQuiet();
        }
    }

    @Test
    void connectionsComeAndGoInEveryWay() {
        try (TestClient publisher = TestClient.connect();
                TestClient consumer = TestClient.connect()) {
            consumer.subscribe(topic, Target.CHANNEL, 1);
            for (int i = 0; i < 100; i++) {
                TestClient.connectSilently(Target.tcp()).close();
                TestClient.connectSilently(Target.tcp()).reset();
                TestClient.connect().reset();
                TestClient.connect().endOutput().expectClosed();
                TestClient.connectSilently(Target.tcp()).write("  ").endOutput().expectClosed();
                try (TestClient client = TestClient.connect()) {
                    client.subscribe(Target.newEphemeralTopic(), Target.CHANNEL, 1);
                }
                TestClient pipelining = TestClient.connect();
                pipelining.write("PUB ", Target.newEphemeralTopic(), "\n", 1, "m").reset();
            }
            roundTrip(publisher, consumer, "after");
        }
    }

    @Test
    void manyConsumersOfAChannelShareItsMessages() {
        int count = 40;
        try (TestClient publisher = TestClient.connect()) {
            List<TestClient> consumers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                consumers.add(TestClient.connect().subscribe(topic, Target.CHANNEL, 1));
            }
            consumers.forEach(TestClient::expectQuiet);
            List<Bytes> bodies = new ArrayList<>();
            for (int i = 0; i < count; i++) bodies.add(Bytes.utf8("m" + i));
            publisher.publishAll(topic, bodies);
            Set<Bytes> got = new HashSet<>();
            for (TestClient consumer : consumers) {
                Message message = consumer.message();
                got.add(message.body());
                consumer.finish(message);
            }
            assertThat(got).hasSize(count);
            consumers.forEach(TestClient::close);
        }
    }

    @Test
    void oneConnectionPublishesToAThousandTopics() {
        List<TopicName> topics = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) topics.add(Target.newEphemeralTopic());
        try (TestClient client = TestClient.connect()) {
            Command[] commands =
                    topics.stream()
                            .map(each -> new Command.Pub(each, Bytes.utf8(each.value())))
                            .toArray(Command[]::new);
            client.send(commands);
            for (TopicName ignored : topics) client.expectOk();
        }
        for (TopicName each : List.of(topics.get(0), topics.get(500), topics.get(999))) {
            try (TestClient client = TestClient.connect()) {
                client.subscribe(each, Target.CHANNEL, 1).message(each.value());
            }
        }
    }
}
