package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Command;
import io.sluice.protocol.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsumerConnectionsTest {
    private final FakeNsqd first = new FakeNsqd();
    private final FakeNsqd second = new FakeNsqd();
    private final ManualLoop loop = new ManualLoop();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private volatile boolean failing;
    private Consumer consumer;

    ConsumerConnectionsTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        consumer.close(Duration.ZERO);
        first.close();
        second.close();
    }

    @Test
    void daemonsShareTheLimitAndALossRaisesTheOthers() throws Exception {
        start(options().maxInFlight(10));
        FakeNsqd.Peer a = first.acceptConsumer();
        a.expect(new Command.Rdy(10));
        FakeNsqd.Peer b = second.acceptConsumer();
        a.expect(new Command.Rdy(5));
        b.expect(new Command.Rdy(5));
        b.close();
        a.expect(new Command.Rdy(10));
    }

    @Test
    void daemonsTakeTurnsWhenThereAreTooMany() throws Exception {
        start(options().maxInFlight(1));
        FakeNsqd.Peer a = first.acceptConsumer();
        a.expect(new Command.Rdy(1));
        FakeNsqd.Peer b = second.acceptConsumer();
        awaitEvent("connected " + second.address());
        loop.advance(Duration.ofSeconds(10));
        a.expect(new Command.Rdy(0));
        b.expect(new Command.Rdy(1));
        loop.advance(Duration.ofSeconds(10));
        b.expect(new Command.Rdy(0));
        a.expect(new Command.Rdy(1));
    }

    @Test
    void aBackoffGoesThroughItsTimeline() throws Exception {
        start(options().maxInFlight(4).backoff(Duration.ofSeconds(1), Duration.ofSeconds(5)));
        FakeNsqd.Peer a = first.acceptConsumer();
        a.expect(new Command.Rdy(4));
        FakeNsqd.Peer b = second.acceptConsumer();
        a.expect(new Command.Rdy(2));
        b.expect(new Command.Rdy(2));

        failing = true;
        MessageId failed = a.push(1, 1);
        a.expect(new Command.Rdy(0));
        a.expect(new Command.Req(failed, 90_000));
        b.expect(new Command.Rdy(0));

        loop.advance(Duration.ofSeconds(2));
        a.expect(new Command.Rdy(1));
        failed = a.push(2, 1);
        a.expect(new Command.Rdy(0));
        a.expect(new Command.Req(failed, 90_000));

        loop.advance(Duration.ofSeconds(4));
        b.expect(new Command.Rdy(1));
        failing = false;
        MessageId finished = b.push(3, 1);
        b.expect(new Command.Rdy(0));
        b.expect(new Command.Fin(finished));

        loop.advance(Duration.ofSeconds(2));
        a.expect(new Command.Rdy(1));
        finished = a.push(4, 1);
        a.expect(new Command.Rdy(2));
        a.expect(new Command.Fin(finished));
        b.expect(new Command.Rdy(2));
    }

    @Test
    void aLostDaemonIsTriedAgainAfterLongerAndLongerWaits() throws Exception {
        start(ConsumerOptions.builder("t", "c").nsqd(first.address()));
        FakeNsqd.Peer peer = first.acceptConsumer();
        peer.expect(Command.Rdy.class);
        awaitEvent("connected " + first.address());
        int port = first.port();
        first.close();
        peer.close();
        awaitEvent("lost " + first.address());
        loop.advance(Duration.ofSeconds(1));
        awaitEvent("failed " + first.address());
        loop.advance(Duration.ofSeconds(1));
        try (FakeNsqd back = new FakeNsqd(port)) {
            loop.advance(Duration.ofSeconds(1));
            back.acceptConsumer().expect(Command.Rdy.class);
            awaitEvent("connected " + first.address());
        }
    }

    @Test
    void aRefusedSubscriptionIsTriedAgainLater() throws Exception {
        start(ConsumerOptions.builder("t", "c").nsqd(first.address()));
        FakeNsqd.Peer peer = first.accept();
        peer.expect(Command.Sub.class);
        peer.error("E_SUB_FAILED SUB failed consumers for t:c exceeds limit of 1");
        awaitEvent("failed " + first.address());
        loop.advance(Duration.ofSeconds(1));
        first.acceptConsumer().expect(Command.Rdy.class);
    }

    @Test
    void anErrorThatEndsTheConnectionIsALoss() throws Exception {
        start(ConsumerOptions.builder("t", "c").nsqd(first.address()));
        FakeNsqd.Peer peer = first.acceptConsumer();
        peer.expect(Command.Rdy.class);
        peer.error("E_INVALID RDY count 9 out of range 0-8");
        awaitEvent("lost " + first.address());
        loop.advance(Duration.ofSeconds(1));
        first.acceptConsumer().expect(Command.Rdy.class);
    }

    private ConsumerOptions.Builder options() {
        return ConsumerOptions.builder("t", "c").nsqd(first.address()).nsqd(second.address());
    }

    private void start(ConsumerOptions.Builder options) {
        consumer =
                Consumer.start(
                        options.listener(recorder()).build(),
                        message -> {
                            if (failing) throw new IOException("told to fail");
                        },
                        loop,
                        below -> below / 2,
                        new Object());
    }

    private ConsumerListener recorder() {
        return new ConsumerListener() {
            @Override
            public void connected(NsqdAddress nsqd) {
                events.add("connected " + nsqd);
            }

            @Override
            public void disconnected(NsqdAddress nsqd, NsqException why) {
                events.add((why instanceof ConnectFailedException ? "failed " : "lost ") + nsqd);
            }
        };
    }

    private void awaitEvent(String expected) throws InterruptedException {
        String event;
        do {
            event = events.poll(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS);
            assertThat(event).as("waiting for: " + expected).isNotNull();
        } while (!event.equals(expected));
    }
}
