package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PUB, MPUB and DPUB: what goes in comes out, in every channel. */
@Execution(ExecutionMode.CONCURRENT)
class PublishTest {
    private static final int MAX_MESSAGE = 1_048_576;
    private static final long MINUTE_NS = 60_000_000_000L;

    private final TopicName topic = Target.newTopic();

    private static Bytes random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    @Test
    void aMessageSaysWhenItCameAndThatThisIsItsFirstTime() {
        long nowNs = System.currentTimeMillis() * 1_000_000;
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "m").subscribe(topic, Target.CHANNEL, 1);
            Message message = client.message("m");
            assertThat(message.attempts()).isEqualTo(1);
            assertThat(message.timestampNs()).isBetween(nowNs - MINUTE_NS, nowNs + MINUTE_NS);
            assertThat(message.id().toString()).matches("[0-9a-f]{16}");
        }
    }

    @Test
    void everyChannelGetsItsOwnCopyOfTheSameMessage() {
        try (TestClient publisher = TestClient.connect();
                TestClient a = TestClient.connect();
                TestClient b = TestClient.connect();
                TestClient c = TestClient.connect()) {
            a.subscribe(topic, new ChannelName("a"), 10);
            b.subscribe(topic, new ChannelName("b"), 10);
            c.subscribe(topic, new ChannelName("c#ephemeral"), 10);
            publisher.publish(topic, "one", "two");
            for (String body : List.of("one", "two")) {
                Message first = a.message(body);
                assertThat(b.message(body)).isEqualTo(first);
                assertThat(c.message(body)).isEqualTo(first);
                // Finished in one channel, it is still the others'.
                a.finish(first);
            }
        }
    }

    @Test
    void theFirstChannelGetsWhatWaitsAndLaterOnesDoNot() {
        try (TestClient client = TestClient.connect();
                TestClient later = TestClient.connect()) {
            client.publish(topic, "a", "b", "c");
            client.subscribe(topic, new ChannelName("first"), 10);
            client.message("a");
            client.message("b");
            client.message("c");
            later.subscribe(topic, new ChannelName("second"), 10);
            client.publish(topic, "d");
            client.message("d");
            later.message("d");
        }
    }

    @Test
    void messagesInMemoryKeepTheirOrder() {
        try (TestClient client = TestClient.connect()) {
            List<Bytes> bodies = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) bodies.add(Bytes.utf8("m" + i));
            client.publishAll(topic, bodies).subscribe(topic, Target.CHANNEL, 100);
            Set<String> ids = new HashSet<>();
            for (Bytes body : bodies) {
                Message message = client.message(body.utf8());
                ids.add(message.id().toString());
                client.finish(message);
            }
            assertThat(ids).hasSameSizeAs(bodies);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 16_384, 65_536, MAX_MESSAGE - 1, MAX_MESSAGE})
    void aBodyMayHoldAnyBytesUpToTheLimit(int length) {
        try (TestClient client = TestClient.connect()) {
            client.send(new Command.Pub(topic, random(length))).expectOk();
            client.send(new Command.Dpub(topic, 0, random(length))).expectOk();
            client.publishAll(topic, List.of(random(length), random(length)));
            client.subscribe(topic, Target.CHANNEL, 10);
            for (int i = 0; i < 4; i++) {
                assertThat(client.message().body()).isEqualTo(random(length));
            }
        }
    }

    @Test
    void aBatchMayBeAsLargeAsABody() {
        // Four of the largest and one that fills the rest: 5 MiB with counts and sizes.
        List<Bytes> bodies = new ArrayList<>();
        for (int i = 0; i < 4; i++) bodies.add(random(MAX_MESSAGE));
        bodies.add(random(5_242_880 - 4 - 5 * 4 - 4 * MAX_MESSAGE));
        try (TestClient client = TestClient.connect()) {
            client.publishAll(topic, bodies).subscribe(topic, Target.CHANNEL, 10);
            for (Bytes body : bodies) assertThat(client.message().body()).isEqualTo(body);
        }
    }

    @Test
    void aBatchWithAFaultIsNotPublishedAtAll() {
        try (TestClient client = TestClient.connect()) {
            client.write("MPUB " + topic + "\n", 30, 3, 1, "a", 1, "b", 0)
                    .expectFatal("E_BAD_MESSAGE MPUB invalid message(2) body size 0");
        }
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "only").subscribe(topic, Target.CHANNEL, 10);
            client.message("only");
            client.expectQuiet();
        }
    }

    @Test
    void theSizeOfABatchDoesNotSayWhereItEnds() {
        try (TestClient client = TestClient.connect()) {
            client.write("MPUB " + topic + "\n", 5_000, 2, 1, "a", 1, "b").expectOk();
            client.write("MPUB " + topic + "\n", 1, 1, 1, "c").expectOk();
            client.write("MPUB " + topic + "\n", 13, 1, 1, "d", "NOP\n").expectOk();
            client.subscribe(topic, Target.CHANNEL, 10);
            for (String body : List.of("a", "b", "c", "d")) client.message(body);
        }
    }

    @Test
    void aPipelineOfPublishesIsAnsweredOneByOne() {
        try (TestClient client = TestClient.connect()) {
            List<Object> parts = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                parts.addAll(List.of("PUB " + topic + "\n", 4, 10_000 + i));
            }
            client.write(parts.toArray());
            for (int i = 0; i < 5_000; i++) client.expectOk();
            client.subscribe(topic, Target.CHANNEL, 2_500);
            for (int i = 0; i < 5_000; i++) {
                Message message = client.message();
                assertThat(message.body().toBuffer().getInt()).isEqualTo(10_000 + i);
                client.finish(message);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "0, 0", "1, 1", "400, 400", "18446744073709551617, 1", "0400, 400"})
    void aDeferredMessageIsNotSentBeforeItsTime(String written, long delayMs) {
        try (TestClient client = TestClient.connect()) {
            client.subscribe(topic, Target.CHANNEL, 10);
            long sentNs = System.nanoTime();
            client.write("DPUB " + topic + " " + written + "\n", 5, "later").expectOk();
            Message message = client.message("later");
            assertThat(System.nanoTime() - sentNs).isGreaterThanOrEqualTo(delayMs * 1_000_000);
            assertThat(message.attempts()).isEqualTo(1);
        }
    }

    @Test
    void aDeferredMessageLetsOthersPass() {
        try (TestClient client = TestClient.connect()) {
            client.subscribe(topic, Target.CHANNEL, 10);
            client.send(new Command.Dpub(topic, 60_000, Bytes.utf8("in a minute"))).expectOk();
            client.send(new Command.Dpub(topic, 3_600_000, Bytes.utf8("in an hour"))).expectOk();
            client.send(new Command.Pub(topic, Bytes.utf8("now")));
            Set<String> bodies = new HashSet<>();
            // The answer to PUB and its message may come in either order.
            while (bodies.isEmpty()) {
                if (client.next() instanceof Frame.Push push) {
                    bodies.add(push.message().body().utf8());
                }
            }
            assertThat(bodies).containsExactly("now");
        }
    }

    @Test
    void aConsumerMayPublishToo() {
        try (TestClient client = TestClient.connect()) {
            client.subscribe(topic, Target.CHANNEL, 0).publish(topic, "a");
            client.send(new Command.Rdy(1)).finish(client.message("a"));
            client.send(new Command.Cls()).expect("CLOSE_WAIT").publish(topic, "b");
        }
    }
}
