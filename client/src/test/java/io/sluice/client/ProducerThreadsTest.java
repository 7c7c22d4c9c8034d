package io.sluice.client;

import static io.sluice.client.ProducerTest.await;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that publish and wait for the answer do the producer's work; the others get theirs. */
@Timeout(60)
class ProducerThreadsTest {
    private final FakeNsqd nsqd = new FakeNsqd();
    private final Producer producer =
            new Producer(ProducerOptions.builder().nsqd(nsqd.address()).build());

    ProducerThreadsTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        producer.close();
        nsqd.close();
    }

    /**
     * Who waits reads the answers itself, those of the others too, and leaves when it has its own.
     */
    @Test
    void threadsThatWaitAndThreadsThatDoNotAllGetTheirAnswers() throws Exception {
        int count = 500;
        CompletableFuture<Void> waiting = publishing(count, CompletableFuture::join);
        CompletableFuture<Void> others = publishing(count, ProducerThreadsTest::get);
        FakeNsqd.Peer peer = nsqd.accept();
        for (int i = 0; i < 2 * count; i++) {
            peer.expect(Command.Pub.class);
            peer.send(Frame.OK);
        }
        await(waiting);
        await(others);
    }

    private CompletableFuture<Void> publishing(int count, Consumer<CompletableFuture<?>> wait) {
        return CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < count; i++) wait.accept(publish("" + i));
                },
                task -> new Thread(task, "publishing").start());
    }

    private static void get(CompletableFuture<?> published) {
        try {
            published.get(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatFollowsAnAnswerThatItsPublisherReadMayPublishToo() throws Exception {
        CompletableFuture<Void> first = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
        await(first);
        CompletableFuture<Void> second = publish("2");
        CompletableFuture<Void> third = second.thenCompose(done -> publish("3"));
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(second::join).thenCompose(done -> third);
        peer.expectPub("t", "2");
        peer.send(Frame.OK);
        peer.expectPub("t", "3");
        peer.send(Frame.OK);
        await(waiting);
    }

    private CompletableFuture<Void> publish(String body) {
        return producer.publish("t", Bytes.utf8(body));
    }
}
