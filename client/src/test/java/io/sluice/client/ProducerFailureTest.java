package io.sluice.client;

import static io.sluice.client.ProducerTest.assertFailsWith;
import static io.sluice.client.ProducerTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ProducerFailureTest {
    private final FakeNsqd nsqd = new FakeNsqd();
    private Producer producer;

    ProducerFailureTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        producer.close();
        nsqd.close();
    }

    @ParameterizedTest
    @CsvSource({
        "E_BAD_TOPIC PUB topic name is not valid, BadTopicException, false, false",
        "E_BAD_MESSAGE PUB message too big 2 > 1, BadMessageException, false, false",
        "E_BAD_BODY MPUB body too big 2 > 1, BadMessageException, false, false",
        "E_PUB_FAILED PUB failed exiting, PublishRefusedException, true, false",
        "E_MPUB_FAILED MPUB failed no space left, PublishRefusedException, true, true",
        "E_DPUB_FAILED DPUB failed exiting, PublishRefusedException, true, false",
        "E_AUTH_FIRST AUTH required before PUB, NotAuthorizedException, false, false",
        "E_AUTH_FAILED AUTH failed, NotAuthorizedException, true, false",
        "E_UNAUTHORIZED AUTH failed for PUB, NotAuthorizedException, false, false",
        "E_INVALID DPUB timeout 9 out of range 0-8, RefusedException, false, false",
        "E_NEVER_HEARD_OF, RefusedException, false, false",
    })
    void theDaemonsErrorsHaveTypes(
            String text, String type, boolean retryable, boolean outcomeUnknown) throws Exception {
        start(options());
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.error(text);
        RefusedException failure = assertFailsWith(published, RefusedException.class);
        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure).hasMessage(text);
        assertThat(failure.code()).isEqualTo(text.split(" ")[0]);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.outcomeUnknown()).isEqualTo(outcomeUnknown);
    }

    @Test
    void whatFollowsARefusedPublishIsSentAnew() throws Exception {
        start(options());
        CompletableFuture<Void> first = publish("1");
        CompletableFuture<Void> second = publish("2");
        CompletableFuture<Void> third = publish("3");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.expectPub("t", "2");
        peer.expectPub("t", "3");
        peer.send(Frame.OK);
        peer.error("E_BAD_MESSAGE PUB message too big 2 > 1");
        await(first);
        assertFailsWith(second, BadMessageException.class);
        peer.expectEnd();
        FakeNsqd.Peer next = nsqd.accept();
        next.expectPub("t", "3");
        next.send(Frame.OK);
        await(third);
    }

    @Test
    void aBadMessageSpoilsNoneThatWentWithIt() throws Exception {
        start(options().batching(true));
        CompletableFuture<Void> first = publish("1");
        FakeNsqd.Peer peer = nsqd.acceptSilently();
        peer.expectMagic();
        peer.expect(Command.Identify.class);
        CompletableFuture<Void> second = publish("2");
        peer.send(Frame.OK);
        peer.expect(Command.Mpub.class);
        peer.error("E_BAD_MESSAGE MPUB message too big 2 > 1");
        FakeNsqd.Peer next = nsqd.accept();
        next.expectPub("t", "1");
        next.expectPub("t", "2");
        next.error("E_BAD_MESSAGE PUB message too big 2 > 1");
        assertFailsWith(first, BadMessageException.class);
        FakeNsqd.Peer last = nsqd.accept();
        last.expectPub("t", "2");
        last.send(Frame.OK);
        await(second);
    }

    @Test
    void aLostConnectionFailsAllThatIsOutstandingAndIsMadeAnew() throws Exception {
        start(options());
        CompletableFuture<Void> first = publish("1");
        CompletableFuture<Void> second = publish("2");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.expectPub("t", "2");
        peer.close();
        ConnectionLostException lost = assertFailsWith(first, ConnectionLostException.class);
        assertThat(lost.retryable()).isTrue();
        assertThat(lost.outcomeUnknown()).isTrue();
        assertFailsWith(second, ConnectionLostException.class);
        CompletableFuture<Void> third = publish("3");
        FakeNsqd.Peer next = nsqd.accept();
        next.expectPub("t", "3");
        next.send(Frame.OK);
        await(third);
    }

    @Test
    void aLostPublishIsSentAgainWhenTheOptionsSaySo() throws Exception {
        start(options().maxResends(1));
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.close();
        FakeNsqd.Peer next = nsqd.accept();
        next.expectPub("t", "1");
        next.close();
        assertFailsWith(published, ConnectionLostException.class);
    }

    @Test
    void garbageFromTheDaemonIsALostConnection() throws Exception {
        start(options());
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.sendRaw("HTTP/1.1 400 Bad Request".getBytes());
        ConnectionLostException lost = assertFailsWith(published, ConnectionLostException.class);
        assertThat(lost).hasMessageContaining("frame size 1213486160");
    }

    @Test
    void aSilentDaemonIsLostAfterTwoHeartbeats() throws Exception {
        ConnectionOptions beat =
                ConnectionOptions.builder().heartbeatInterval(Duration.ofSeconds(1)).build();
        start(options().connection(beat));
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        ConnectionLostException lost = assertFailsWith(published, ConnectionLostException.class);
        assertThat(lost).hasMessageEndingWith("nothing came for 2000 ms");
        peer.expectEnd();
    }

    @Test
    void aDaemonThatBeatsButAnswersNothingIsLostToo() throws Exception {
        ConnectionOptions beat =
                ConnectionOptions.builder().heartbeatInterval(Duration.ofSeconds(1)).build();
        start(options().connection(beat));
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        int beats = 0;
        while (peer.beats()) beats++;
        assertThat(beats).isPositive();
        ConnectionLostException lost = assertFailsWith(published, ConnectionLostException.class);
        assertThat(lost).hasMessageContaining("no answer within");
    }

    @Test
    void aDeadDaemonIsPassedOver() throws Exception {
        start(ProducerOptions.builder().nsqd(FakeNsqd.deadAddress()).nsqd(nsqd.address()));
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
        await(published);
    }

    @Test
    void aDaemonThatIsLostLaterIsPassedOverToo() throws Exception {
        try (FakeNsqd other = new FakeNsqd()) {
            start(options().nsqd(other.address()));
            CompletableFuture<Void> first = publish("1");
            FakeNsqd.Peer peer = nsqd.accept();
            peer.expectPub("t", "1");
            peer.send(Frame.OK);
            await(first);
            nsqd.close();
            CompletableFuture<Void> second = publish("2");
            peer.expectPub("t", "2");
            peer.close();
            assertFailsWith(second, ConnectionLostException.class);
            CompletableFuture<Void> third = publish("3");
            FakeNsqd.Peer next = other.accept();
            next.expectPub("t", "3");
            next.send(Frame.OK);
            await(third);
        }
    }

    @Test
    void whenAllAreDownPublishesFailUntilOneIsBack() throws Exception {
        nsqd.close();
        start(options().reconnectDelay(Duration.ofMillis(1), Duration.ofMillis(1)));
        ConnectFailedException failure =
                assertFailsWith(publish("1"), ConnectFailedException.class);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.outcomeUnknown()).isFalse();
        assertFailsWith(publish("2"), ConnectFailedException.class);
        try (FakeNsqd back = new FakeNsqd(nsqd.port())) {
            CompletableFuture<Void> third = publish("3");
            FakeNsqd.Peer peer = back.accept();
            peer.expectPub("t", "3");
            peer.send(Frame.OK);
            await(third);
        }
    }

    @Test
    void aRefusedIntroductionFailsThePublish() throws Exception {
        start(options());
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.acceptSilently();
        peer.expectMagic();
        peer.expect(Command.Identify.class);
        peer.error("E_BAD_BODY IDENTIFY heartbeat interval (60000) is invalid");
        ConnectFailedException failure = assertFailsWith(published, ConnectFailedException.class);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("heartbeat interval (60000) is invalid");
    }

    @Test
    void whatCannotBeValidIsRefusedHere() {
        start(options().maxMessageBytes(3).maxBodyBytes(16));
        assertFailsWith(producer.publish("no/topic", Bytes.utf8("1")), BadTopicException.class);
        assertFailsWith(publish(""), BadMessageException.class);
        assertFailsWith(publish("1234"), BadMessageException.class);
        assertFailsWith(producer.publish("t", List.of()), BadMessageException.class);
        List<Bytes> batch = List.of(Bytes.utf8("123"), Bytes.utf8("123"));
        assertFailsWith(producer.publish("t", batch), BadMessageException.class);
    }

    private ProducerOptions.Builder options() {
        return ProducerOptions.builder().nsqd(nsqd.address());
    }

    private void start(ProducerOptions.Builder options) {
        producer = new Producer(options.build());
    }

    private CompletableFuture<Void> publish(String body) {
        return producer.publish("t", Bytes.utf8(body));
    }
}
