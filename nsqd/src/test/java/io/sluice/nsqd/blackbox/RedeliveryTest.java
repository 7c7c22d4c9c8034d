package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** REQ, TOUCH and timeouts: a message comes again until somebody has finished it. */
@Execution(ExecutionMode.CONCURRENT)
class RedeliveryTest {
    /** Waited for by every test that asks for it, but longer than a busy machine stands still. */
    private static final int SHORT_TIMEOUT_MS = 4_000;

    private static final String SHORT_TIMEOUT = "{\"msg_timeout\":" + SHORT_TIMEOUT_MS + "}";

    private final TopicName topic = Target.newTopic();

    private static long msSince(long startNs) {
        return (System.nanoTime() - startNs) / 1_000_000;
    }

    @Test
    void aRequeuedMessageComesAgainBehindTheOthers() {
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "a", "b").subscribe(topic, Target.CHANNEL, 1);
            Message a = client.message("a");
            client.write("REQ " + a.id() + " 0\n");
            client.finish(client.message("b"));
            Message again = client.message("a");
            assertThat(again).isEqualTo(new Message(a.id(), a.timestampNs(), 2, a.body()));
            client.write("REQ " + a.id() + " \n");
            assertThat(client.message("a").attempts()).isEqualTo(3);
        }
    }

    @Test
    void aDelayedRequeueTakesItsTimeAndLetsOthersPass() {
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "a", "b").subscribe(topic, Target.CHANNEL, 1);
            Message a = client.message("a");
            long startNs = System.nanoTime();
            client.send(new Command.Req(a.id(), 500));
            client.finish(client.message("b"));
            assertThat(client.message("a").attempts()).isEqualTo(2);
            assertThat(msSince(startNs)).isGreaterThanOrEqualTo(500);
        }
    }

    @Test
    void nobodyCountsAttempts() {
        try (TestClient client = TestClient.connect()) {
            client.publish(topic, "m").subscribe(topic, Target.CHANNEL, 1);
            for (int attempt = 1; attempt <= 300; attempt++) {
                Message message = client.message("m");
                assertThat(message.attempts()).isEqualTo(attempt);
                client.send(new Command.Req(message.id(), 0));
            }
        }
    }

    @Test
    void anUnfinishedMessageComesAgainWhenItsTimeIsUp() {
        try (TestClient client = TestClient.connect()) {
            client.identify(SHORT_TIMEOUT);
            client.publish(topic, "m").subscribe(topic, Target.CHANNEL, 1);
            long startNs = System.nanoTime();
            Message first = client.message("m");
            Message second = client.message("m");
            assertThat(msSince(startNs)).isGreaterThanOrEqualTo(SHORT_TIMEOUT_MS - 20);
            assertThat(second)
                    .isEqualTo(new Message(first.id(), first.timestampNs(), 2, first.body()));
            client.finish(second).expectQuiet();
        }
    }

    @Test
    void aMessageThatTimedOutBelongsToWhoGotItNext() {
        try (TestClient slow = TestClient.connect();
                TestClient other = TestClient.connect()) {
            slow.identify(SHORT_TIMEOUT);
            slow.publish(topic, "m").subscribe(topic, Target.CHANNEL, 1);
            Message message = slow.message("m");
            slow.send(new Command.Rdy(0));
            other.subscribe(topic, Target.CHANNEL, 1);
            assertThat(other.message("m").attempts()).isEqualTo(2);
            slow.finish(message);
            slow.expectError(
                    "E_FIN_FAILED FIN " + message.id() + " failed client does not own message");
            other.finish(message).expectQuiet();
            slow.finish(message);
            slow.expectError("E_FIN_FAILED FIN " + message.id() + " failed ID not in flight");
        }
    }

    @Test
    void aLateFinishOfTheSecondDeliveryCounts() {
        try (TestClient client = TestClient.connect()) {
            client.identify(SHORT_TIMEOUT);
            client.publish(topic, "m", "next").subscribe(topic, Target.CHANNEL, 1);
            Message first = client.message("m");
            client.finish(client.message("next"));
            assertThat(client.message("m").attempts()).isEqualTo(2);
            client.finish(first).expectQuiet();
        }
    }

    @Test
    void aTouchedMessageHasItsWholeTimeAgain() {
        try (TestClient client = TestClient.connect()) {
            client.identify("{\"msg_timeout\":6000,\"heartbeat_interval\":1000}");
            client.publish(topic, "m").subscribe(topic, Target.CHANNEL, 1);
            Message first = client.message("m");
            // The heartbeats are the clock.
            assertThat(client.read()).isEqualTo(Frame.HEARTBEAT);
            long touchedNs = System.nanoTime();
            client.answerHeartbeats().send(new Command.Touch(first.id()));
            assertThat(client.message("m").attempts()).isEqualTo(2);
            assertThat(msSince(touchedNs)).isGreaterThanOrEqualTo(6_000);
        }
    }

    @Test
    void eachConsumerHasItsOwnTimeout() {
        ChannelName patient = new ChannelName("patient");
        try (TestClient client = TestClient.connect();
                TestClient other = TestClient.connect()) {
            client.identify(SHORT_TIMEOUT);
            client.subscribe(topic, Target.CHANNEL, 1);
            other.subscribe(topic, patient, 1);
            other.publish(topic, "m");
            Message message = other.message("m");
            client.message("m");
            assertThat(client.message("m").attempts()).isEqualTo(2);
            other.expectQuiet();
            other.finish(message).expectQuiet();
        }
    }

    @Test
    @OwnDaemonOnly("needs --max-msg-timeout")
    void noTouchingHelpsBeyondTheLongestTimeout() {
        try (OwnNsqd nsqd = OwnNsqd.start("--max-msg-timeout=3s", "--msg-timeout=2s");
                TestClient client = nsqd.connect()) {
            client.identify("{\"heartbeat_interval\":1000}");
            client.publish(topic, "m").subscribe(topic, Target.CHANNEL, 1);
            long startNs = System.nanoTime();
            Message first = client.message("m");
            Frame frame;
            while ((frame = client.read()).equals(Frame.HEARTBEAT)) {
                client.send(new Command.Touch(first.id()));
            }
            assertThat(((Frame.Push) frame).message().attempts()).isEqualTo(2);
            assertThat(msSince(startNs)).isGreaterThanOrEqualTo(3_000 - 20);
        }
    }

    @Test
    @OwnDaemonOnly("needs --max-req-timeout")
    void aRequeueThatIsTooLongIsCutShort() {
        try (OwnNsqd nsqd = OwnNsqd.start("--max-req-timeout=300ms");
                TestClient client = nsqd.connect()) {
            client.publish(topic, "m").subscribe(topic, Target.CHANNEL, 1);
            long startNs = System.nanoTime();
            client.write("REQ " + client.message("m").id() + " 99999999\n");
            assertThat(client.message("m").attempts()).isEqualTo(2);
            assertThat(msSince(startNs)).isGreaterThanOrEqualTo(300);
        }
    }
}
