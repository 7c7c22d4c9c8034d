package io.sluice.client;

import static io.sluice.client.ProducerTest.assertFailsWith;
import static io.sluice.client.ProducerTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several connections, and daemons that lookup nodes name. */
@Timeout(60)
class ProducerDiscoveryTest {
    private final FakeNsqd first = new FakeNsqd();
    private final FakeNsqd second = new FakeNsqd();
    private final FakeLookupd lookupd = new FakeLookupd();
    private Producer producer;

    ProducerDiscoveryTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        producer.close();
        first.close();
        second.close();
        lookupd.close();
    }

    @Test
    void nodesAreAskedForAllDaemons() throws Exception {
        lookupd.producers(first);
        start(lookup());
        CompletableFuture<Void> published = publish("1");
        answer(first.accept(), "1");
        await(published);
        assertThat(lookupd.question()).startsWith("/nodes application/vnd.nsq");
    }

    @Test
    void theLastKnownDaemonsAreUsedWhileLookupFails() throws Exception {
        lookupd.producers(first);
        start(lookup());
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = first.accept();
        answer(peer, "1");
        await(published);
        lookupd.fail(500, "{\"message\":\"INTERNAL_ERROR\"}");
        awaitRound();
        peer.close();
        published = publish("2");
        answer(first.accept(), "2");
        await(published);
    }

    @Test
    void aDaemonThatIsNoLongerNamedIsForgotten() throws Exception {
        lookupd.producers(first);
        start(lookup());
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = first.accept();
        answer(peer, "1");
        await(published);
        lookupd.producers(second);
        awaitRound();
        peer.close();
        published = publish("2");
        answer(second.accept(), "2");
        await(published);
    }

    @Test
    void noDaemonAtAllFailsThePublish() throws Exception {
        start(lookup());
        NoNsqdException failure = assertFailsWith(publish("1"), NoNsqdException.class);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void connectionsSpreadOverTheDaemons() throws Exception {
        start(
                ProducerOptions.builder()
                        .nsqd(first.address())
                        .nsqd(second.address())
                        .connections(2));
        BlockingQueue<FakeNsqd.Peer> peers = new LinkedBlockingQueue<>();
        acceptInto(peers, first);
        acceptInto(peers, second);
        // A sender may take several at once; but while it is at it, the other takes what follows.
        while (peers.size() < 2) {
            publish("same");
            // Nobody answers: what may be in flight must not be used up before both are there.
            LockSupport.parkNanos(1_000_000);
        }
        for (FakeNsqd.Peer peer : peers) peer.close();
    }

    @Test
    void aListenerIsToldOfConnectionsAndPublishes() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        ProducerListener listener =
                new ProducerListener() {
                    @Override
                    public void connected(NsqdAddress nsqd) {
                        events.add(nsqd.toString());
                    }

                    @Override
                    public void published(String topic, int messages, long bytes, long elapsedNs) {
                        events.add(topic + " " + messages + " " + bytes);
                    }
                };
        start(ProducerOptions.builder().nsqd(first.address()).listener(listener));
        CompletableFuture<Void> published = publish("1");
        answer(first.accept(), "1");
        await(published);
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(first.address());
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("t 1 1");
    }

    private static void acceptInto(BlockingQueue<FakeNsqd.Peer> peers, FakeNsqd nsqd) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                peers.add(nsqd.accept());
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Until what the lookup node says now is known. */
    private void awaitRound() throws InterruptedException {
        while (lookupd.questionsWaiting() > 0) lookupd.question();
        // The first may have been asked before; the third shows that the second is over.
        for (int i = 0; i < 3; i++) assertThat(lookupd.question()).isNotNull();
    }

    private ProducerOptions.Builder lookup() {
        return ProducerOptions.builder()
                .lookupd(lookupd.address())
                .lookupPoll(Duration.ofMillis(10), 0)
                .maxResends(5);
    }

    private void start(ProducerOptions.Builder options) {
        producer = new Producer(options.build());
    }

    private CompletableFuture<Void> publish(String body) {
        return producer.publish("t", Bytes.utf8(body));
    }

    private static void answer(FakeNsqd.Peer peer, String body) throws IOException {
        peer.expectPub("t", body);
        peer.send(Frame.OK);
    }
}
