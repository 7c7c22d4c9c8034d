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
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsumerTest {
    private final FakeNsqd nsqd = new FakeNsqd();
    private final ManualLoop loop = new ManualLoop();
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private Consumer consumer;

    ConsumerTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        consumer.close(Duration.ZERO);
        nsqd.close();
    }

    @Test
    void subscribesAndAsksForMessages() throws Exception {
        start(
                options()
                        .maxInFlight(7)
                        .msgTimeout(Duration.ofSeconds(9))
                        .outputBuffer(128, Duration.ofMillis(30))
                        .sampleRatePercent(5),
                message -> {});
        FakeNsqd.Peer peer = nsqd.accept();
        assertThat(peer.identify())
                .contains("\"msg_timeout\":9000", "\"sample_rate\":5")
                .contains("\"output_buffer_size\":128", "\"output_buffer_timeout\":30");
        peer.expect(new Command.Sub(new TopicName("t"), new ChannelName("c")));
        peer.send(Frame.OK);
        peer.expect(new Command.Rdy(7));
    }

    @Test
    void doesNotAskForMoreThanTheDaemonAllows() throws Exception {
        nsqd.identifyAnswer("{\"max_rdy_count\":3}");
        start(options().maxInFlight(7), message -> {});
        nsqd.acceptConsumer().expect(new Command.Rdy(3));
    }

    @Test
    void aReturnFinishesAndTheMessageIsWhole() throws Exception {
        start(options(), events::add);
        FakeNsqd.Peer peer = connected();
        MessageId id = peer.push(1, 3);
        peer.expect(new Command.Fin(id));
        ReceivedMessage message = next(ReceivedMessage.class);
        assertThat(message.id()).isEqualTo("0000000000000001");
        assertThat(message.body().utf8()).isEqualTo("m1");
        assertThat(message.attempts()).isEqualTo(3);
        assertThat(message.timestamp()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 123));
        assertThat(message.nsqd()).isEqualTo(nsqd.nsqdAddress());
        assertThat(message.isAnswered()).isTrue();
    }

    @Test
    void anExceptionGivesBackForLongerWithEachAttempt() throws Exception {
        start(
                options()
                        .backoff(Duration.ZERO, Duration.ZERO)
                        .requeueDelay(Duration.ofSeconds(2), Duration.ofSeconds(5)),
                message -> {
                    throw new IOException("no");
                });
        FakeNsqd.Peer peer = connected();
        peer.expect(new Command.Req(peer.push(1, 1), 2000));
        peer.expect(new Command.Req(peer.push(2, 2), 4000));
        peer.expect(new Command.Req(peer.push(3, 3), 5000));
    }

    @Test
    void anErrorGivesBackTooAndTheListenerLearnsOfIt() throws Exception {
        start(
                options().backoff(Duration.ZERO, Duration.ZERO).listener(recorder()),
                message -> {
                    throw new StackOverflowError("deep");
                });
        FakeNsqd.Peer peer = connected();
        peer.expect(new Command.Req(peer.push(1, 1), 90_000));
        assertThat(next(StackOverflowError.class)).hasMessage("deep");
    }

    @Test
    void theFirstAnswerCounts() throws Exception {
        start(
                options(),
                message -> {
                    events.add(message.requeueWithoutBackoff(Duration.ofMillis(10)));
                    events.add(message.finish());
                    message.touch();
                });
        FakeNsqd.Peer peer = connected();
        peer.expect(new Command.Req(peer.push(1, 1), 10));
        peer.expect(new Command.Req(peer.push(2, 1), 10));
        assertThat(next(Boolean.class)).isTrue();
        assertThat(next(Boolean.class)).isFalse();
    }

    @Test
    void aMessageCanBeAnsweredLaterByAnotherThread() throws Exception {
        start(
                options(),
                message -> {
                    message.answerLater();
                    events.add(message);
                });
        FakeNsqd.Peer peer = connected();
        MessageId id = peer.push(1, 1);
        ReceivedMessage message = next(ReceivedMessage.class);
        message.touch();
        peer.expect(new Command.Touch(id));
        assertThat(message.finish()).isTrue();
        peer.expect(new Command.Fin(id));
    }

    @Test
    void oneTooManyAttemptsAreGivenUp() throws Exception {
        start(
                options().maxAttempts(2).listener(recorder()),
                message -> events.add(message.attempts()));
        FakeNsqd.Peer peer = connected();
        peer.expect(new Command.Fin(peer.push(1, 2)));
        assertThat(next(Integer.class)).isEqualTo(2);
        peer.expect(new Command.Fin(peer.push(2, 3)));
        assertThat(next(String.class)).isEqualTo("gave up m2");
    }

    @Test
    void aLateAnswerIsNoReasonToLeave() throws Exception {
        start(options().listener(recorder()), message -> {});
        FakeNsqd.Peer peer = connected();
        peer.error("E_FIN_FAILED FIN 0000000000000001 failed ID not in flight");
        AnswerRefusedException refused = next(AnswerRefusedException.class);
        assertThat(refused.code()).isEqualTo("E_FIN_FAILED");
        peer.send(Frame.HEARTBEAT);
        peer.expect(new Command.Nop());
    }

    @Test
    void whatTimedOutBeforeItsTurnIsNotHandled() throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        start(
                options().backoff(Duration.ZERO, Duration.ZERO),
                message -> {
                    events.add(message.body().utf8());
                    if (message.body().utf8().equals("m1")) handled.await();
                });
        FakeNsqd.Peer peer = connected();
        MessageId first = peer.push(1, 1);
        assertThat(next(String.class)).isEqualTo("m1");
        peer.push(2, 1);
        peer.send(Frame.HEARTBEAT);
        peer.expect(new Command.Nop());
        loop.advance(Duration.ofSeconds(60));
        MessageId third = peer.push(3, 1);
        handled.countDown();
        peer.expect(new Command.Fin(first));
        peer.expect(new Command.Fin(third));
        assertThat(next(String.class)).isEqualTo("m3");
    }

    @Test
    void whatComesFromALostConnectionIsNotHandled() throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        start(
                options().listener(recorder()),
                message -> {
                    events.add(message.body().utf8());
                    if (message.body().utf8().equals("m1")) handled.await();
                });
        FakeNsqd.Peer peer = connected();
        peer.push(1, 1);
        assertThat(next(String.class)).isEqualTo("m1");
        peer.push(2, 1);
        peer.close();
        assertThat(next(String.class)).isEqualTo("disconnected");
        handled.countDown();
        loop.advance(Duration.ofSeconds(1));
        FakeNsqd.Peer again = connected();
        again.expect(new Command.Fin(again.push(3, 1)));
        assertThat(next(String.class)).isEqualTo("m3");
    }

    @Test
    void severalMessagesAreHandledAtATime() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        start(
                options().handlerThreads(2),
                message -> {
                    both.countDown();
                    both.await();
                });
        FakeNsqd.Peer peer = connected();
        peer.push(1, 1);
        peer.push(2, 1);
        peer.expect(Command.Fin.class);
        peer.expect(Command.Fin.class);
    }

    @Test
    void closeAsksForNoMoreAndWaitsForHandlers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        start(
                options(),
                message -> {
                    events.add("begun");
                    release.await();
                });
        FakeNsqd.Peer peer = connected();
        MessageId id = peer.push(1, 1);
        next(String.class);
        CompletableFuture<Boolean> closing =
                CompletableFuture.supplyAsync(() -> consumer.close(Duration.ofMinutes(1)));
        peer.expect(new Command.Rdy(0));
        peer.expect(new Command.Cls());
        MessageId late = peer.push(2, 1);
        peer.send(Frame.CLOSE_WAIT);
        release.countDown();
        peer.expect(new Command.Fin(id));
        peer.expect(new Command.Fin(late));
        peer.expectEnd();
        peer.close();
        assertThat(closing.get(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void closeEndsAtItsTimeEvenIfAHandlerDoesNot() throws Exception {
        start(
                options(),
                message -> {
                    events.add("begun");
                    new CountDownLatch(1).await();
                });
        FakeNsqd.Peer peer = connected();
        peer.push(1, 1);
        next(String.class);
        CompletableFuture<Boolean> closing =
                CompletableFuture.supplyAsync(() -> consumer.close(Duration.ofSeconds(30)));
        peer.expect(new Command.Rdy(0));
        peer.expect(new Command.Cls());
        peer.send(Frame.CLOSE_WAIT);
        loop.advance(Duration.ofSeconds(30));
        assertThat(closing.get(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void aHandlerMayCloseItsConsumer() throws Exception {
        start(options(), message -> events.add(consumer.close(Duration.ofMinutes(1))));
        FakeNsqd.Peer peer = connected();
        MessageId id = peer.push(1, 1);
        assertThat(next(Boolean.class)).isFalse();
        assertThat(List.of(peer.next(), peer.next(), peer.next()))
                .contains(new Command.Cls(), new Command.Fin(id));
        peer.send(Frame.CLOSE_WAIT);
        peer.expectEnd();
    }

    @Test
    void aPausedConsumerTakesNothing() throws Exception {
        start(options().maxInFlight(7), message -> {});
        FakeNsqd.Peer peer = nsqd.acceptConsumer();
        peer.expect(new Command.Rdy(7));
        consumer.pause();
        peer.expect(new Command.Rdy(0));
        consumer.resume();
        peer.expect(new Command.Rdy(7));
    }

    private FakeNsqd.Peer connected() throws IOException {
        FakeNsqd.Peer peer = nsqd.acceptConsumer();
        peer.expect(Command.Rdy.class);
        return peer;
    }

    private ConsumerOptions.Builder options() {
        return ConsumerOptions.builder("t", "c").nsqd(nsqd.address());
    }

    private void start(ConsumerOptions.Builder options, MessageHandler handler) {
        Object threads = new Object();
        consumer = Consumer.start(options.build(), handler, loop, below -> below / 2, threads);
    }

    private ConsumerListener recorder() {
        return new ConsumerListener() {
            @Override
            public void gaveUp(ReceivedMessage message) {
                events.add("gave up " + message.body().utf8());
            }

            @Override
            public void disconnected(NsqdAddress nsqd, NsqException why) {
                events.add("disconnected");
            }

            @Override
            public void handlerFailed(ReceivedMessage message, Throwable why) {
                events.add(why);
            }

            @Override
            public void answerRefused(NsqdAddress address, AnswerRefusedException why) {
                events.add(why);
            }
        };
    }

    private <E> E next(Class<E> type) throws InterruptedException {
        Object event = events.poll(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }
}
