package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsumerTest {
    private final ConsumerRig rig = new ConsumerRig();

    ConsumerTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void subscribesAndAsksForMessages() throws Exception {
        rig.start(
                rig.options()
                        .maxInFlight(7)
                        .msgTimeout(Duration.ofSeconds(9))
                        .outputBuffer(128, Duration.ofMillis(30))
                        .sampleRatePercent(5),
                message -> {});
        FakeNsqd.Peer peer = rig.nsqd.accept();
        assertThat(peer.identify())
                .contains("\"msg_timeout\":9000", "\"sample_rate\":5")
                .contains("\"output_buffer_size\":128", "\"output_buffer_timeout\":30");
        peer.expect(new Command.Sub(new TopicName("t"), new ChannelName("c")));
        peer.send(Frame.OK);
        peer.expect(new Command.Rdy(7));
    }

    @Test
    void doesNotAskForMoreThanTheDaemonAllows() throws Exception {
        rig.nsqd.identifyAnswer("{\"max_rdy_count\":3}");
        rig.start(rig.options().maxInFlight(7), message -> {});
        rig.nsqd.acceptConsumer().expect(new Command.Rdy(3));
    }

    @Test
    void aReturnFinishesAndTheMessageIsWhole() throws Exception {
        rig.start(rig.options(), rig::tell);
        FakeNsqd.Peer peer = rig.connected();
        MessageId id = peer.push(1, 3);
        peer.expect(new Command.Fin(id));
        ReceivedMessage message = rig.next(ReceivedMessage.class);
        assertThat(message.id()).isEqualTo("0000000000000001");
        assertThat(message.body().utf8()).isEqualTo("m1");
        assertThat(message.attempts()).isEqualTo(3);
        assertThat(message.timestamp()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 123));
        assertThat(message.nsqd()).isEqualTo(rig.nsqd.nsqdAddress());
        assertThat(message.isAnswered()).isTrue();
    }

    @Test
    void anExceptionGivesBackForLongerWithEachAttempt() throws Exception {
        rig.start(
                rig.options()
                        .backoff(Duration.ZERO, Duration.ZERO)
                        .requeueDelay(Duration.ofSeconds(2), Duration.ofSeconds(5)),
                message -> {
                    throw new IOException("no");
                });
        FakeNsqd.Peer peer = rig.connected();
        peer.expect(new Command.Req(peer.push(1, 1), 2000));
        peer.expect(new Command.Req(peer.push(2, 2), 4000));
        peer.expect(new Command.Req(peer.push(3, 3), 5000));
    }

    @Test
    void anErrorGivesBackTooAndTheListenerLearnsOfIt() throws Exception {
        rig.start(
                rig.options().backoff(Duration.ZERO, Duration.ZERO),
                message -> {
                    throw new StackOverflowError("deep");
                });
        FakeNsqd.Peer peer = rig.connected();
        peer.expect(new Command.Req(peer.push(1, 1), 90_000));
        assertThat(rig.next(StackOverflowError.class)).hasMessage("deep");
    }

    @Test
    void theFirstAnswerCounts() throws Exception {
        rig.start(
                rig.options(),
                message -> {
                    rig.tell(message.requeueWithoutBackoff(Duration.ofMillis(10)));
                    rig.tell(message.finish());
                    message.touch();
                });
        FakeNsqd.Peer peer = rig.connected();
        peer.expect(new Command.Req(peer.push(1, 1), 10));
        peer.expect(new Command.Req(peer.push(2, 1), 10));
        assertThat(rig.next(Boolean.class)).isTrue();
        assertThat(rig.next(Boolean.class)).isFalse();
    }

    @Test
    void aMessageCanBeAnsweredLaterByAnotherThread() throws Exception {
        rig.start(
                rig.options(),
                message -> {
                    message.answerLater();
                    rig.tell(message);
                });
        FakeNsqd.Peer peer = rig.connected();
        MessageId id = peer.push(1, 1);
        ReceivedMessage message = rig.next(ReceivedMessage.class);
        message.touch();
        peer.expect(new Command.Touch(id));
        assertThat(message.finish()).isTrue();
        peer.expect(new Command.Fin(id));
    }

    @Test
    void aConsumerIsStarvedWhenAllItAskedForIsUnanswered() throws Exception {
        rig.start(
                rig.options().maxInFlight(2),
                message -> {
                    message.answerLater();
                    rig.tell(message);
                });
        FakeNsqd.Peer peer = rig.connected();
        assertThat(rig.consumer().isStarved()).isFalse();
        peer.push(1, 1);
        ReceivedMessage message = rig.next(ReceivedMessage.class);
        assertThat(rig.consumer().isStarved()).isFalse();
        peer.push(2, 1);
        rig.next(ReceivedMessage.class);
        assertThat(rig.consumer().isStarved()).isTrue();
        message.finish();
        assertThat(rig.consumer().isStarved()).isFalse();
    }

    @Test
    void oneTooManyAttemptsAreGivenUp() throws Exception {
        rig.start(rig.options().maxAttempts(2), message -> rig.tell(message.attempts()));
        FakeNsqd.Peer peer = rig.connected();
        peer.expect(new Command.Fin(peer.push(1, 2)));
        assertThat(rig.next(Integer.class)).isEqualTo(2);
        peer.expect(new Command.Fin(peer.push(2, 3)));
        assertThat(rig.next(String.class)).isEqualTo("gave up m2");
    }

    @Test
    void aLateAnswerIsNoReasonToLeave() throws Exception {
        rig.start(rig.options(), message -> {});
        FakeNsqd.Peer peer = rig.connected();
        peer.error("E_FIN_FAILED FIN 0000000000000001 failed ID not in flight");
        AnswerRefusedException refused = rig.next(AnswerRefusedException.class);
        assertThat(refused.code()).isEqualTo("E_FIN_FAILED");
        peer.send(Frame.HEARTBEAT);
        peer.expect(new Command.Nop());
    }

    @Test
    void whatTimedOutBeforeItsTurnIsNotHandled() throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        rig.start(
                rig.options().backoff(Duration.ZERO, Duration.ZERO),
                message -> {
                    rig.tell(message.body().utf8());
                    if (message.body().utf8().equals("m1")) handled.await();
                });
        FakeNsqd.Peer peer = rig.connected();
        MessageId first = peer.push(1, 1);
        assertThat(rig.next(String.class)).isEqualTo("m1");
        peer.push(2, 1);
        peer.send(Frame.HEARTBEAT);
        peer.expect(new Command.Nop());
        rig.loop.advance(Duration.ofSeconds(60));
        MessageId third = peer.push(3, 1);
        handled.countDown();
        peer.expect(new Command.Fin(first));
        peer.expect(new Command.Fin(third));
        assertThat(rig.next(String.class)).isEqualTo("m3");
    }

    @Test
    void whatComesFromALostConnectionIsNotHandled() throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        rig.start(
                rig.options(),
                message -> {
                    rig.tell(message.body().utf8());
                    if (message.body().utf8().equals("m1")) handled.await();
                });
        FakeNsqd.Peer peer = rig.connected();
        peer.push(1, 1);
        assertThat(rig.next(String.class)).isEqualTo("m1");
        peer.push(2, 1);
        peer.close();
        assertThat(rig.next(String.class)).isEqualTo("disconnected");
        handled.countDown();
        rig.loop.advance(Duration.ofSeconds(1));
        FakeNsqd.Peer again = rig.connected();
        again.expect(new Command.Fin(again.push(3, 1)));
        assertThat(rig.next(String.class)).isEqualTo("m3");
    }

    @Test
    void severalMessagesAreHandledAtATime() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        rig.start(
                rig.options().handlerThreads(2),
                message -> {
                    both.countDown();
                    both.await();
                });
        FakeNsqd.Peer peer = rig.connected();
        peer.push(1, 1);
        peer.push(2, 1);
        peer.expect(Command.Fin.class);
        peer.expect(Command.Fin.class);
    }
}
