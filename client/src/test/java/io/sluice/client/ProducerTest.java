package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.ProducerOptions.WhenFull;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProducerTest {
    private static final TopicName T = new TopicName("t");

    private final FakeNsqd nsqd = new FakeNsqd();
    private Producer producer;

    ProducerTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        producer.close();
        nsqd.close();
    }

    @Test
    void publishesDoNotWaitForEachOther() throws Exception {
        start(options());
        CompletableFuture<Void> first = publish("1");
        CompletableFuture<Void> second = publish("2");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.expectPub("t", "2");
        assertThat(first).isNotDone();
        peer.send(Frame.OK);
        await(first);
        assertThat(second).isNotDone();
        peer.send(Frame.OK);
        await(second);
    }

    @Test
    void everyKindOfPublishIsItsOwnCommand() throws Exception {
        start(options());
        CompletableFuture<Void> batch = producer.publish("t", bodies("a", "b"));
        CompletableFuture<Void> deferred =
                producer.publishDeferred("t", Bytes.utf8("later"), Duration.ofSeconds(3));
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expect(new Command.Mpub(T, bodies("a", "b")));
        peer.expect(new Command.Dpub(T, 3000, Bytes.utf8("later")));
        peer.send(Frame.OK, Frame.OK);
        await(batch);
        await(deferred);
    }

    @Test
    void introducesItself() throws Exception {
        ConnectionOptions connection =
                ConnectionOptions.builder()
                        .clientId("c")
                        .hostname("h.example")
                        .userAgent("ua/1")
                        .heartbeatInterval(Duration.ofSeconds(7))
                        .build();
        start(options().connection(connection));
        publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        assertThat(peer.identify())
                .isEqualTo(
                        "{\"client_id\":\"c\",\"hostname\":\"h.example\",\"user_agent\":\"ua/1\","
                                + "\"feature_negotiation\":true,\"heartbeat_interval\":7000}");
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
    }

    @Test
    void aDaemonThatNegotiatesNothingWillDo() throws Exception {
        nsqd.identifyAnswer("OK");
        start(options());
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
        await(published);
    }

    @Test
    void heartbeatsAreAnsweredIdleAndBetweenAnswers() throws Exception {
        start(options());
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.send(Frame.HEARTBEAT);
        peer.expect(new Command.Nop());
        peer.send(Frame.OK);
        await(published);
        peer.send(Frame.HEARTBEAT);
        peer.expect(new Command.Nop());
    }

    @Test
    void waitingPublishesOfOneTopicGoTogether() throws Exception {
        start(options().batching(true).maxBodyBytes(4 + 2 * 5));
        // Nothing can be sent before the handshake, so that all of these wait together.
        FakeNsqd.Peer peer = holdBack();
        List<CompletableFuture<Void>> published = new ArrayList<>();
        for (String body : List.of("1", "2", "3")) published.add(publish(body));
        published.add(producer.publish("u", Bytes.utf8("4")));
        published.add(producer.publish("t", bodies("5", "6")));
        published.add(publish("7"));
        release(peer);
        peer.expect(new Command.Mpub(T, bodies("0", "1")));
        peer.expect(new Command.Mpub(T, bodies("2", "3")));
        peer.expectPub("u", "4");
        peer.expect(new Command.Mpub(T, bodies("5", "6")));
        peer.expectPub("t", "7");
        peer.send(Frame.OK, Frame.OK, Frame.OK, Frame.OK, Frame.OK);
        for (CompletableFuture<Void> one : published) await(one);
    }

    @Test
    void withoutBatchingEachGoesAlone() throws Exception {
        start(options());
        FakeNsqd.Peer peer = holdBack();
        publish("1");
        release(peer);
        peer.expectPub("t", "0");
        peer.expectPub("t", "1");
        peer.send(Frame.OK, Frame.OK);
    }

    @Test
    void aFullProducerFailsWhenToldTo() throws Exception {
        start(options().maxInFlightMessages(2).whenFull(WhenFull.FAIL));
        CompletableFuture<Void> first = publish("1");
        publish("2");
        assertFailsWith(publish("3"), InFlightLimitException.class);
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.expectPub("t", "2");
        peer.send(Frame.OK);
        await(first);
        CompletableFuture<Void> fourth = publish("4");
        peer.expectPub("t", "4");
        peer.send(Frame.OK, Frame.OK);
        await(fourth);
    }

    @Test
    void bytesInFlightAreLimitedToo() throws Exception {
        start(options().maxInFlightBytes(10).whenFull(WhenFull.FAIL));
        CompletableFuture<Void> larger = publish("larger than the limit");
        assertFailsWith(publish("3"), InFlightLimitException.class);
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expect(Command.Pub.class);
        peer.send(Frame.OK);
        await(larger);
    }

    @Test
    void aFullProducerWaitsForRoom() throws Exception {
        start(options().maxInFlightMessages(1));
        publish("1");
        CompletableFuture<Void> second =
                CompletableFuture.supplyAsync(() -> publish("2")).thenCompose(f -> f);
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
        peer.expectPub("t", "2");
        peer.send(Frame.OK);
        await(second);
    }

    @Test
    void whatFollowsAnAnswerMayPublishButNeverWaits() throws Exception {
        start(options().maxInFlightMessages(1));
        CompletableFuture<Void> chained =
                publish("1")
                        .thenCompose(done -> publish("2").thenCombine(publish("3"), (a, b) -> a));
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
        peer.expectPub("t", "2");
        peer.send(Frame.OK);
        assertFailsWith(chained, InFlightLimitException.class);
    }

    @Test
    void closeWaitsForAnswers() throws Exception {
        start(options());
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        CompletableFuture<Void> closing = CompletableFuture.runAsync(producer::close);
        peer.send(Frame.OK);
        await(closing);
        await(published);
        peer.expectEnd();
        assertFailsWith(publish("2"), ClientClosedException.class);
    }

    @Test
    void closeDoesNotWaitForEver() throws Exception {
        start(options().closeTimeout(Duration.ZERO));
        CompletableFuture<Void> sent = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        producer.close();
        assertFailsWith(sent, ConnectionLostException.class);
        peer.expectEnd();
    }

    private ProducerOptions.Builder options() {
        return ProducerOptions.builder().nsqd(nsqd.address());
    }

    private void start(ProducerOptions.Builder options) {
        producer = new Producer(options.build());
    }

    /** A connection on which message 0 waits for the handshake. */
    private FakeNsqd.Peer holdBack() throws IOException {
        publish("0");
        FakeNsqd.Peer peer = nsqd.acceptSilently();
        peer.expectMagic();
        peer.expect(Command.Identify.class);
        return peer;
    }

    private static void release(FakeNsqd.Peer peer) throws IOException {
        peer.send(Frame.OK);
    }

    private CompletableFuture<Void> publish(String body) {
        return producer.publish("t", Bytes.utf8(body));
    }

    private static List<Bytes> bodies(String... texts) {
        return IntStream.range(0, texts.length).mapToObj(i -> Bytes.utf8(texts[i])).toList();
    }

    static void await(CompletableFuture<Void> published) throws Exception {
        published.get(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS);
    }

    static <E extends NsqException> E assertFailsWith(
            CompletableFuture<Void> published, Class<E> type) {
        assertThatThrownBy(() -> await(published)).cause().isInstanceOf(type);
        return type.cast(published.handle((done, failure) -> failure(failure)).join());
    }

    private static Throwable failure(Throwable thrown) {
        boolean wrapped = thrown instanceof java.util.concurrent.CompletionException;
        return wrapped ? thrown.getCause() : thrown;
    }
}
