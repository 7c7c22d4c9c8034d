package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** SUB, RDY, FIN and CLS: who gets a message, and how many at once. */
@Execution(ExecutionMode.CONCURRENT)
class ConsumeTest {
    private final TopicName topic = Target.newTopic();

    @Test
    void subscribingAndBeingReadyMayComeInOneGo() {
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "m");
            client.send(new Command.Sub(topic, Target.CHANNEL), new Command.Rdy(1)).expectOk();
            client.message("m");
        }
    }

    @Test
    void theMagicMayComeAlongToo() {
        try (TestClient client = TestClient.connectSilently(Target.tcp())) {
            client.write("  V2IDENTIFY\n", 2, "{}SUB " + topic + " c\nRDY 1\nPUB ", topic, "\n")
                    .write(1, "m");
            client.expectOk().expectOk();
            Set<Object> rest = new HashSet<>(List.of(client.next(), client.next()));
            assertThat(rest).contains(Frame.OK).hasSize(2);
        }
    }

    @Test
    void nobodyGetsAnythingBeforeSayingReady() {
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "m");
            client.send(new Command.Sub(topic, Target.CHANNEL)).expectOk();
            client.expectQuiet();
            client.send(new Command.Rdy(1)).message("m");
        }
    }

    @Test
    void readyIsACeilingOnWhatIsInFlight() {
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "a", "b", "c", "d", "e");
            client.subscribe(topic, Target.CHANNEL, 2);
            Message a = client.message("a");
            Message b = client.message("b");
            client.expectQuiet();
            client.finish(a);
            client.message("c");
            client.expectQuiet();
            client.finish(b).message("d");
            client.send(new Command.Rdy(3)).message("e");
        }
    }

    @Test
    void lessReadinessCallsNothingBack() {
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "a", "b", "c", "d");
            client.subscribe(topic, Target.CHANNEL, 3);
            Message a = client.message("a");
            Message b = client.message("b");
            Message c = client.message("c");
            client.send(new Command.Rdy(1)).finish(a).finish(b);
            client.expectQuiet();
            client.finish(c).message("d");
        }
    }

    @Test
    void readyWithoutANumberIsOneAndWithAnEmptyOneNone() {
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "a", "b", "c").subscribe(topic, Target.CHANNEL, 0);
            client.write("RDY\n");
            Message a = client.message("a");
            client.expectQuiet();
            client.write("RDY \n").finish(a).expectQuiet();
            client.write("RDY 2500\n").message("b");
            client.message("c");
        }
    }

    @Test
    void aMessageGoesToOneConsumerOfTheChannel() {
        try (TestClient a = TestClient.connect();
                TestClient b = TestClient.connect()) {
            a.publish(topic, "1", "2").subscribe(topic, Target.CHANNEL, 1);
            b.subscribe(topic, Target.CHANNEL, 1);
            String first = a.message().body().utf8();
            String second = b.message().body().utf8();
            assertThat(Set.of(first, second)).containsExactlyInAnyOrder("1", "2");
            a.expectQuiet();
            b.expectQuiet();
        }
    }

    @Test
    void aConsumerThatIsNotReadyLeavesMessagesToOthers() {
        try (TestClient idle = TestClient.connect();
                TestClient busy = TestClient.connect()) {
            idle.subscribe(topic, Target.CHANNEL, 0);
            busy.subscribe(topic, Target.CHANNEL, 1);
            for (String body : List.of("a", "b", "c", "d")) {
                idle.publish(topic, body);
                busy.finish(busy.message(body));
            }
            idle.expectQuiet();
        }
    }

    @Test
    void onlyItsConsumerCanFinishAMessageAndOnlyOnce() {
        try (TestClient owner = TestClient.connect();
                TestClient other = TestClient.connect()) {
            owner.publish(topic, "m").subscribe(topic, Target.CHANNEL, 1);
            other.subscribe(topic, Target.CHANNEL, 0);
            Message message = owner.message("m");
            String id = message.id().toString();
            other.write("FIN " + id + "\nREQ " + id + " 0\nTOUCH " + id + "\n");
            other.expectError("E_FIN_FAILED FIN " + id + " failed client does not own message");
            other.expectError("E_REQ_FAILED REQ " + id + " failed client does not own message");
            other.expectError("E_TOUCH_FAILED TOUCH " + id + " failed client does not own message");
            owner.finish(message).finish(message);
            owner.expectError("E_FIN_FAILED FIN " + id + " failed ID not in flight");
        }
    }

    @Test
    void aMessageOfAnotherChannelIsUnknownHere() {
        try (TestClient a = TestClient.connect();
                TestClient b = TestClient.connect()) {
            a.subscribe(topic, new ChannelName("a"), 1);
            b.subscribe(topic, new ChannelName("b"), 0);
            b.publish(topic, "m");
            Message message = a.message("m");
            b.finish(message);
            b.expectError("E_FIN_FAILED FIN " + message.id() + " failed ID not in flight");
            a.finish(message).expectQuiet();
        }
    }

    @Test
    void aClosingConsumerGetsNoMoreButMaySettleWhatItHas() {
        try (TestClient client = TestClient.connect();
                TestClient other = TestClient.connect()) {
            client.publish(topic, "a", "b", "c", "d").subscribe(topic, Target.CHANNEL, 3);
            Message a = client.message("a");
            Message b = client.message("b");
            Message c = client.message("c");
            client.send(new Command.Cls()).expect("CLOSE_WAIT");
            client.finish(a).send(new Command.Req(b.id(), 0), new Command.Touch(c.id()));
            // RDY is no longer looked at, however wrong it is.
            client.write("RDY 5\nRDY -1\nRDY 99999\n").expectQuiet();
            other.subscribe(topic, Target.CHANNEL, 10).message("d");
            assertThat(other.message("b").attempts()).isEqualTo(2);
            client.finish(c).expectQuiet();
        }
    }

    @Test
    void aSampleIsAboutAsLargeAsAskedAndTheRestIsGone() {
        try (TestClient publisher = TestClient.connect();
                TestClient sampler = TestClient.connect();
                TestClient other = TestClient.connect()) {
            sampler.identify("{\"sample_rate\":20}");
            sampler.subscribe(topic, Target.CHANNEL, 2_500);
            publisher.publishAll(topic, Collections.nCopies(1_000, Bytes.utf8("m")));
            int sampled = 0;
            // The last message may be one of those left out: send more of them.
            publisher.publishAll(topic, Collections.nCopies(200, Bytes.utf8("end")));
            while (sampler.message().body().utf8().equals("m")) sampled++;
            // Expected are 210; outside of these bounds once in 10^12 runs.
            assertThat(sampled).isBetween(110, 310);
            other.subscribe(topic, Target.CHANNEL, 1).expectQuiet();
        }
    }

    @Test
    void anEphemeralChannelGoesWithItsLastConsumer() {
        ChannelName channel = new ChannelName("c#ephemeral");
        try (TestClient publisher = TestClient.connect()) {
            try (TestClient first = TestClient.connect();
                    TestClient second = TestClient.connect()) {
                first.subscribe(topic, channel, 1);
                second.subscribe(topic, channel, 1);
                publisher.publish(topic, "a", "b", "c");
                first.message();
                second.message();
            }
            // Gone with what it held: a new one starts with what is published from now on, or with
            // what the topic has kept since. Until then the old one may take messages with it.
            try (TestClient third = TestClient.connect()) {
                third.subscribe(topic, channel, 100);
                String body;
                int count = 0;
                do {
                    assertThat(count).isLessThan(100);
                    publisher.publish(topic, "d" + count++);
                    body = third.message().body().utf8();
                } while (!body.startsWith("d"));
            }
        }
    }

    @Test
    @OwnDaemonOnly("nsqd leaves the messages of a vanished consumer in flight until they time out")
    void whatAVanishedConsumerHadIsForOthersAtOnce() {
        try (TestClient gone = TestClient.connect();
                TestClient other = TestClient.connect()) {
            gone.publish(topic, "a", "b").subscribe(topic, Target.CHANNEL, 2);
            gone.message("a");
            Message b = gone.message("b");
            other.subscribe(topic, Target.CHANNEL, 2);
            gone.hangUp();
            assertThat(other.message("a").attempts()).isEqualTo(2);
            assertThat(other.message("b"))
                    .isEqualTo(new Message(b.id(), b.timestampNs(), 2, b.body()));
        }
    }

    @Test
    @OwnDaemonOnly("nsqd leaves the messages of a vanished consumer in flight until they time out")
    void aResetIsNoDifferent() {
        try (TestClient gone = TestClient.connect();
                TestClient other = TestClient.connect()) {
            gone.publish(topic, "a").subscribe(topic, Target.CHANNEL, 1);
            gone.message("a");
            gone.reset();
            assertThat(other.subscribe(topic, Target.CHANNEL, 1).message("a").attempts())
                    .isEqualTo(2);
        }
    }
}
