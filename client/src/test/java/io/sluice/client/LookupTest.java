package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.Command;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LookupTest {
    private static final TopicName T = new TopicName("t");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final FakeNsqd first = new FakeNsqd();
    private final FakeNsqd second = new FakeNsqd();
    private final FakeLookupd lookupd = new FakeLookupd();
    private final FakeLookupd otherLookupd = new FakeLookupd();
    private final ManualLoop loop = new ManualLoop();
    private final BlockingQueue<String> lost = new LinkedBlockingQueue<>();
    private Consumer consumer;

    LookupTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        if (consumer != null) consumer.close(Duration.ZERO);
        first.close();
        second.close();
        lookupd.close();
        otherLookupd.close();
    }

    @Test
    void allNodesAreAskedAndAllTheyNameIsConsumed() throws Exception {
        lookupd.producers(first);
        otherLookupd.producers(second, first);
        start(options().lookupd(otherLookupd.address()));
        first.acceptConsumer().expect(Command.Rdy.class);
        second.acceptConsumer().expect(Command.Rdy.class);
        String question = "/lookup?topic=t application/vnd.nsq; version=1.0";
        assertThat(lookupd.question()).isEqualTo(question);
        assertThat(otherLookupd.question()).isEqualTo(question);
    }

    @Test
    void aNodeThatIsAwayTakesNothingFromTheOthers() throws Exception {
        otherLookupd.close();
        lookupd.producers(first);
        start(
                ConsumerOptions.builder("t", "c")
                        .lookupd(otherLookupd.address())
                        .lookupd(lookupd.address()));
        first.acceptConsumer().expect(Command.Rdy.class);
    }

    @Test
    void theSecondQuestionIsPutOffAndTheRestFollowTheInterval() throws Exception {
        start(options().lookupPoll(Duration.ofSeconds(60), 0.5));
        assertThat(lookupd.question()).isNotNull();
        loop.advance(Duration.ofSeconds(75).minusNanos(1));
        assertThat(lookupd.questionsWaiting()).isZero();
        loop.advance(Duration.ofNanos(1));
        assertThat(lookupd.question()).isNotNull();
        lookupd.producers(first);
        loop.advance(Duration.ofSeconds(60));
        first.acceptConsumer().expect(Command.Rdy.class);
    }

    @Test
    void aLossIsFollowedByAQuestionAtOnce() throws Exception {
        lookupd.producers(first);
        start(options());
        FakeNsqd.Peer peer = first.acceptConsumer();
        peer.expect(Command.Rdy.class);
        assertThat(lookupd.question()).isNotNull();
        loop.advance(Duration.ofSeconds(2));
        lookupd.producers(second);
        peer.close();
        second.acceptConsumer().expect(Command.Rdy.class);
    }

    @Test
    void manyLossesAreFollowedByOneQuestionASecond() throws Exception {
        lookupd.producers(first);
        start(options());
        FakeNsqd.Peer peer = first.acceptConsumer();
        peer.expect(Command.Rdy.class);
        assertThat(lookupd.question()).isNotNull();
        peer.close();
        assertThat(lost.poll(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS)).isNotNull();
        loop.advance(Duration.ofMillis(999));
        assertThat(lookupd.questionsWaiting()).isZero();
        loop.advance(Duration.ofMillis(1));
        assertThat(lookupd.question()).isNotNull();
    }

    @Test
    void aDaemonThatIsNoLongerNamedIsKept() throws Exception {
        lookupd.producers(first);
        start(options());
        FakeNsqd.Peer peer = first.acceptConsumer();
        peer.expect(Command.Rdy.class);
        lookupd.producers(second);
        loop.advance(Duration.ofSeconds(120));
        second.acceptConsumer();
        peer.expect(new Command.Rdy(100));
        peer.expect(new Command.Fin(peer.push(1, 1)));
    }

    @Test
    void anOldNodeWrapsItsAnswer() throws Exception {
        lookupd.wrappedProducers(first, second);
        assertThat(producers(lookupd.address()))
                .containsExactly(first.nsqdAddress(), second.nsqdAddress());
    }

    @Test
    void anUnknownTopicHasNoDaemons() throws Exception {
        lookupd.fail(404, "{\"message\":\"TOPIC_NOT_FOUND\"}");
        assertThat(producers(lookupd.address())).isEmpty();
    }

    @Test
    void otherAnswersAreFailures() {
        lookupd.fail(500, "{\"message\":\"INTERNAL_ERROR\"}");
        assertFails("status 500");
        lookupd.fail(200, "{\"message\":\"hello\"}");
        assertFails("the answer has no list of producers");
        lookupd.fail(200, "{\"producers\":[");
        assertFails("Unexpected end-of-input");
        lookupd.fail(200, "");
        assertFails("the JSON ends too early");
    }

    @Test
    void adressesMayBeUrlsWithAPathAndAQuery() throws Exception {
        assertThat(LookupNode.url("h:4161", "/lookup"))
                .isEqualTo(URI.create("http://h:4161/lookup"));
        assertThat(LookupNode.url("https://h/", "/lookup"))
                .isEqualTo(URI.create("https://h/lookup"));
        assertThat(LookupNode.url("http://h:1?a=b", "/lookup"))
                .isEqualTo(URI.create("http://h:1/lookup?a=b"));
        lookupd.producers(first);
        assertThat(producers("http://" + lookupd.address() + "/p/q?a=b")).hasSize(1);
        assertThat(lookupd.question()).startsWith("/p/q?a=b&topic=t ");
        for (String bad : List.of("h", "", ":4161", "http://")) {
            assertThatThrownBy(() -> LookupNode.url(bad, "/lookup"))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void anEphemeralTopicIsAskedForByItsWholeName() throws Exception {
        URI url = LookupNode.url(lookupd.address(), "/lookup");
        new LookupNode(url, TIMEOUT, "").producers(new TopicName("t#ephemeral"));
        assertThat(lookupd.question()).startsWith("/lookup?topic=t%23ephemeral ");
    }

    private static List<NsqdAddress> producers(String address) throws IOException {
        return new LookupNode(LookupNode.url(address, "/lookup"), TIMEOUT, "").producers(T);
    }

    private void assertFails(String message) {
        assertThatThrownBy(() -> producers(lookupd.address()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    private ConsumerOptions.Builder options() {
        return ConsumerOptions.builder("t", "c").lookupd(lookupd.address());
    }

    private void start(ConsumerOptions.Builder options) {
        ConsumerListener listener =
                new ConsumerListener() {
                    @Override
                    public void disconnected(NsqdAddress nsqd, NsqException why) {
                        lost.add(nsqd.toString());
                    }
                };
        consumer =
                Consumer.start(
                        options.listener(listener).build(),
                        message -> {},
                        loop,
                        below -> below / 2,
                        new Object());
    }
}
