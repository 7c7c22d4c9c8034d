package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that do not wait, messages that take long, and messages that come too often. */
@Timeout(60)
class ConsumerHandlingTest {
    private final ConsumerRig rig = new ConsumerRig();

    ConsumerHandlingTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void anAsynchronousHandlerAnswersWhenItsStageEnds() throws Exception {
        rig.startAsync(
                rig.options().backoff(Duration.ZERO, Duration.ZERO),
                message -> {
                    CompletableFuture<Void> end = new CompletableFuture<>();
                    rig.tell(end);
                    return end;
                });
        FakeNsqd.Peer peer = rig.connected();
        MessageId first = peer.push(1, 1);
        CompletableFuture<?> firstEnd = rig.next(CompletableFuture.class);
        MessageId second = peer.push(2, 1);
        CompletableFuture<?> secondEnd = rig.next(CompletableFuture.class);
        secondEnd.complete(null);
        peer.expect(new Command.Fin(second));
        firstEnd.completeExceptionally(new IOException("told to fail"));
        peer.expect(new Command.Req(first, 90_000));
        assertThat(rig.next(IOException.class)).hasMessage("told to fail");
    }

    @Test
    void anAsynchronousHandlerThatThrowsOrReturnsNothingHasFailed() throws Exception {
        rig.startAsync(
                rig.options().backoff(Duration.ZERO, Duration.ZERO),
                message -> {
                    if (message.attempts() == 1) throw new IOException("told to fail");
                    return null;
                });
        FakeNsqd.Peer peer = rig.connected();
        peer.expect(new Command.Req(peer.push(1, 1), 90_000));
        rig.next(IOException.class);
        peer.expect(new Command.Req(peer.push(1, 2), 180_000));
        rig.next(NullPointerException.class);
    }

    @Test
    void unansweredMessagesAreTouchedUpToACap() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        rig.start(
                rig.options().touchFor(Duration.ofSeconds(100)),
                message -> {
                    rig.tell(message);
                    end.await();
                });
        FakeNsqd.Peer peer = rig.connected();
        MessageId handled = peer.push(1, 1);
        rig.next(ReceivedMessage.class);
        MessageId waiting = peer.push(2, 1);
        assertThat(peer.beats()).isTrue();
        rig.loop.advance(Duration.ofSeconds(29));
        assertThat(peer.beats()).isTrue();
        for (int touched = 0; touched < 3; touched++) {
            rig.loop.advance(Duration.ofSeconds(30));
            assertThat(peer.expect(Command.Touch.class).id()).isIn(handled, waiting);
            assertThat(peer.expect(Command.Touch.class).id()).isIn(handled, waiting);
        }
        rig.loop.advance(Duration.ofSeconds(30));
        assertThat(peer.beats()).isTrue();
        end.countDown();
        peer.expect(new Command.Fin(handled));
    }

    @Test
    void aMessageThatWasTouchedWhileItWaitedIsHandled() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        rig.start(rig.options().touchFor(Duration.ofMinutes(10)), message -> end.await());
        FakeNsqd.Peer peer = rig.connected();
        MessageId first = peer.push(1, 1);
        MessageId second = peer.push(2, 1);
        assertThat(peer.beats()).isTrue();
        for (int seconds = 0; seconds < 90; seconds += 15) {
            rig.loop.advance(Duration.ofSeconds(15));
        }
        end.countDown();
        Command next = peer.next();
        while (next instanceof Command.Touch) next = peer.next();
        assertThat(next).isEqualTo(new Command.Fin(first));
        peer.expect(new Command.Fin(second));
    }

    @Test
    void aMessageThatIsGivenUpIsPutAwayBeforeItIsFinished() throws Exception {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        rig.start(
                rig.options()
                        .maxAttempts(1)
                        .giveUp(
                                message -> {
                                    rig.tell(message);
                                    return stored;
                                }),
                message -> {});
        FakeNsqd.Peer peer = rig.connected();
        MessageId id = peer.push(1, 2);
        assertThat(rig.next(String.class)).isEqualTo("gave up m1");
        rig.next(ReceivedMessage.class);
        assertThat(peer.beats()).isTrue();
        stored.complete(null);
        peer.expect(new Command.Fin(id));
    }

    @Test
    void whatCouldNotBePutAwayIsGivenBackWithoutAPause() throws Exception {
        rig.start(
                rig.options()
                        .maxAttempts(1)
                        .giveUp(message -> CompletableFuture.failedFuture(new IOException("full"))),
                message -> {});
        FakeNsqd.Peer peer = rig.connected();
        peer.expect(new Command.Req(peer.push(1, 2), 180_000));
    }

    @Test
    void deadLettersGoToATopicOfTheirOwn() throws Exception {
        try (FakeNsqd other = new FakeNsqd();
                Producer producer =
                        new Producer(ProducerOptions.builder().nsqd(other.address()).build())) {
            rig.start(
                    rig.options().maxAttempts(1).giveUp(GiveUp.publishTo(producer, "t.dead")),
                    message -> {});
            FakeNsqd.Peer peer = rig.connected();
            MessageId id = peer.push(7, 2);
            FakeNsqd.Peer dead = other.accept();
            assertThat(dead.expect(Command.Pub.class).body()).isEqualTo(Bytes.utf8("m7"));
            dead.send(Frame.OK);
            peer.expect(new Command.Fin(id));
        }
    }

    @Test
    void aQuickHandlersAnswerDoesNotWaitForTheSlowOneBehind() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        rig.start(
                rig.options().maxInFlight(10),
                message -> {
                    if (message.body().utf8().equals("m2")) goOn.await();
                });
        FakeNsqd.Peer peer = rig.connected();
        MessageId quick = peer.push(1, 1);
        MessageId slow = peer.push(2, 1);
        MessageId last = peer.push(3, 1);
        peer.expect(new Command.Fin(quick));
        assertThat(peer.beats()).isTrue();
        goOn.countDown();
        peer.expect(new Command.Fin(slow));
        peer.expect(new Command.Fin(last));
    }

    @Test
    void aThreadForEachMessageHandlesAllInFlight() throws Exception {
        int count = 50;
        CountDownLatch all = new CountDownLatch(count);
        rig.start(
                rig.options().maxInFlight(count).threadPerMessage(),
                message -> {
                    all.countDown();
                    all.await();
                });
        FakeNsqd.Peer peer = rig.connected();
        for (int i = 0; i < count; i++) peer.push(i, 1);
        for (int i = 0; i < count; i++) peer.expect(Command.Fin.class);
    }
}
