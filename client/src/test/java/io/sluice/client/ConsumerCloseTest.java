package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsumerCloseTest {
    private final ConsumerRig rig = new ConsumerRig();

    ConsumerCloseTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        rig.close();
    }

    @Test
    void closeAsksForNoMoreAndWaitsForHandlers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        rig.start(
                rig.options(),
                message -> {
                    rig.tell("begun");
                    release.await();
                });
        FakeNsqd.Peer peer = rig.connected();
        MessageId id = peer.push(1, 1);
        rig.next(String.class);
        CompletableFuture<Boolean> closing =
                CompletableFuture.supplyAsync(() -> rig.consumer().close(Duration.ofMinutes(1)));
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
        rig.start(
                rig.options(),
                message -> {
                    rig.tell("begun");
                    new CountDownLatch(1).await();
                });
        FakeNsqd.Peer peer = rig.connected();
        peer.push(1, 1);
        rig.next(String.class);
        CompletableFuture<Boolean> closing =
                CompletableFuture.supplyAsync(() -> rig.consumer().close(Duration.ofSeconds(30)));
        peer.expect(new Command.Rdy(0));
        peer.expect(new Command.Cls());
        peer.send(Frame.CLOSE_WAIT);
        rig.loop.advance(Duration.ofSeconds(30));
        assertThat(closing.get(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void aHandlerMayCloseItsConsumer() throws Exception {
        rig.start(rig.options(), message -> rig.tell(rig.consumer().close(Duration.ofMinutes(1))));
        FakeNsqd.Peer peer = rig.connected();
        MessageId id = peer.push(1, 1);
        assertThat(rig.next(Boolean.class)).isFalse();
        assertThat(List.of(peer.next(), peer.next(), peer.next()))
                .contains(new Command.Cls(), new Command.Fin(id));
        peer.send(Frame.CLOSE_WAIT);
        peer.expectEnd();
    }

    @Test
    void aPausedConsumerTakesNothing() throws Exception {
        rig.start(rig.options().maxInFlight(7), message -> {});
        FakeNsqd.Peer peer = rig.nsqd.acceptConsumer();
        peer.expect(new Command.Rdy(7));
        rig.consumer().pause();
        peer.expect(new Command.Rdy(0));
        rig.consumer().resume();
        peer.expect(new Command.Rdy(7));
    }
}
