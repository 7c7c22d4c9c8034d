package io.sluice.admin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.daemon.HostAndPort;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClusterViewTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final HostAndPort LOOKUP = new HostAndPort("a", 4161);

    private final QueueNode one = new QueueNode(new HostAndPort("one", 4151), true);
    private final QueueNode two = new QueueNode(new HostAndPort("two", 4151), true);

    private static NodeAnswer.Stats stats(String topics) {
        return Json.read(
                Buffer.buffer(
                        "{\"version\":\"1.3.0\",\"health\":\"OK\",\"start_time\":7,\"topics\":["
                                + topics
                                + "]}"),
                NodeAnswer.Stats.class);
    }

    private static String topic(long depth, long messages, String channels) {
        return """
               {"topic_name":"orders","depth":%d,"backend_depth":1,"message_count":%d,
                "paused":false,"unknown":{},"channels":[%s]}"""
                .formatted(depth, messages, channels);
    }

    private static String channel(long depth, long messages, boolean paused, String clients) {
        return """
               {"channel_name":"c","depth":%d,"backend_depth":2,"in_flight_count":3,
                "deferred_count":4,"message_count":%d,"requeue_count":6,"timeout_count":7,
                "client_count":8,"paused":%b,"clients":[%s]}"""
                .formatted(depth, messages, paused, clients);
    }

    private static String client(long finished, long inFlight) {
        return """
               {"client_id":"worker","hostname":"h","remote_address":"10.0.0.1:5","connect_ts":1,
                "ready_count":5,"in_flight_count":%d,"finish_count":%d,"requeue_count":1,
                "message_count":40}"""
                .formatted(inFlight, finished);
    }

    private static void answer(QueueNode node, long nowNs, String topics) {
        node.asked().asked(nowNs);
        node.answered(stats(topics), nowNs);
    }

    private ClusterView view(long nowNs) {
        return new ClusterView(List.of(), List.of(one, two), true, nowNs);
    }

    @Test
    void topicsAndChannelsAreSummedOverAllNodes() {
        answer(one, SECOND, topic(20, 9, channel(100, 9, true, "")));
        answer(two, SECOND, topic(2, 1, channel(10, 1, false, "")));
        ClusterView view = view(SECOND);
        assertThat(view.topic("orders").counts())
                .isEqualTo(new Counts(22, 2, 0, 0, 10, 0, 0, 0, Counts.Rate.NONE));
        ChannelView channel = view.topic("orders").find("c");
        assertThat(channel.counts())
                .isEqualTo(new Counts(110, 4, 6, 8, 10, 12, 14, 16, Counts.Rate.NONE));
        assertThat(channel.pausedNodes()).isEqualTo(1);
        assertThat(view.totals().depth()).isEqualTo(132);
        assertThat(view.totals().messages()).isEqualTo(10);
    }

    @Test
    void ratesAreWhatCameAndWhatLeftBetweenTwoAnswers() {
        answer(one, SECOND, topic(0, 100, channel(10, 100, false, "")));
        // Much later than the smoothing goes back: 300 more came, and 10 fewer wait.
        answer(one, 31 * SECOND, topic(0, 400, channel(0, 400, false, "")));
        Counts.Rate rate = view(31 * SECOND).topic("orders").find("c").counts().rate();
        assertThat(rate.in()).isCloseTo(10, within(0.1));
        assertThat(rate.out()).isCloseTo(310 / 30.0, within(0.1));
        assertThat(view(31 * SECOND).topic("orders").counts().rate().in())
                .isCloseTo(10, within(0.1));
    }

    @Test
    void whoSaysNothingForTwoSecondsIsSilentAndItsRatesAreNone() {
        answer(one, SECOND, topic(0, 100, channel(10, 100, false, "")));
        answer(one, 31 * SECOND, topic(0, 400, channel(10, 400, false, "")));
        one.asked().asked(32 * SECOND);
        assertThat(view(33 * SECOND).problems()).isEmpty();
        one.asked().asked(34 * SECOND);
        ClusterView later = view(35 * SECOND);
        assertThat(later.problems())
                .containsExactly("nsqd one:4151 does not answer: what it holds is missing here.");
        Counts last = later.topic("orders").find("c").counts();
        assertThat(last.depth()).isEqualTo(10);
        assertThat(last.rate()).isEqualTo(Counts.Rate.NONE);
        assertThat(Attention.of(later)).extracting(Finding::rule).contains("node-silent");
    }

    @Test
    void aConsumerThatHoldsMessagesAndFinishesNoneIsStuck() {
        answer(one, SECOND, topic(0, 50, channel(5, 50, false, client(30, 5))));
        answer(one, 20 * SECOND, topic(0, 50, channel(5, 50, false, client(31, 5))));
        ChannelView.Consumer consumer =
                view(40 * SECOND).topic("orders").find("c").consumers().get(0);
        assertThat(consumer.isStuck()).isFalse();
        assertThat(consumer.isSaturated()).isTrue();
        assertThat(consumer.client().timedOut()).isEqualTo(40 - 31 - 1 - 5);
        List<Finding> findings = Verdict.of(view(51 * SECOND).topic("orders").find("c"));
        assertThat(findings)
                .extracting(Finding::text)
                .contains("1 of 1 consumer holds 5 messages and finished nothing for 31 s.");
    }

    @Test
    void theVerdictTellsWhyAChannelIsAsItIs() {
        String clients = "\"client_count\":";
        String nobody = channel(5, 50, false, "").replace(clients + 8, clients + 0);
        answer(one, SECOND, topic(0, 50, nobody));
        assertThat(Verdict.of(view(SECOND).topic("orders").find("c")))
                .extracting(Finding::text)
                .contains("No consumer: 5 messages wait.");
        long oldestMs = 1_700_000_000_000L;
        String aged =
                nobody.replace(
                        "\"paused\"", "\"oldest_timestamp\":" + oldestMs + "000000,\"paused\"");
        answer(one, SECOND, topic(0, 50, aged));
        assertThat(Verdict.of(view(SECOND).topic("orders").find("c"), oldestMs + 95_000))
                .extracting(Finding::text)
                .contains("No consumer: 5 messages wait, the oldest for 1 min 30 s.");
        answer(one, SECOND, topic(0, 50, nobody));
        answer(two, SECOND, topic(0, 50, channel(5, 50, true, "")));
        assertThat(Verdict.of(view(SECOND).topic("orders").find("c")))
                .extracting(Finding::rule)
                .contains("pause-mixed");
    }

    @Test
    void aNodeThatIsNoLongerRegisteredIsGoneOnceItDoesNotAnswer() {
        QueueNode node = new QueueNode(new HostAndPort("n", 4151), false);
        LookupAnswer.Producer as =
                Json.read(
                        Buffer.buffer(
                                "{\"broadcast_address\":\"n\",\"http_port\":4151,"
                                        + "\"topics\":[\"t\"],"
                                        + "\"tombstones\":[true]}"),
                        LookupAnswer.Producer.class);
        node.registered(LOOKUP, as);
        assertThat(node.isTombstoned("t")).isTrue();
        node.unregistered(LOOKUP, SECOND);
        node.asked().failed("cannot be reached");
        assertThat(node.isPresent()).isFalse();
        assertThat(node.goneNs()).isEqualTo(SECOND);
        ClusterView view = new ClusterView(List.of(), List.of(node), false, 2 * SECOND);
        assertThat(Attention.of(view)).extracting(Finding::rule).containsExactly("node-gone");
        assertThat(view.problems()).isEmpty();
    }

    @Test
    void aSeriesKeepsGapsAndForgetsWhatIsOlderThanItsRound() {
        Series series = new Series();
        Counts ten = new Counts(10, 0, 0, 0, 0, 0, 0, 0, Counts.Rate.NONE);
        series.record(10_000, ten);
        series.record(10_030, ten);
        assertThat(series.read(0, 10_030, 5, true))
                .containsExactly(Float.NaN, 10, Float.NaN, Float.NaN, 10);
        series.record(10_000 + 3600, ten);
        assertThat(series.read(0, 10_000 + 3600, 3, true))
                .containsExactly(Float.NaN, Float.NaN, 10);
    }

    @Test
    void anAnswerOfAnotherFormIsRefused() {
        for (String json : List.of("", "null", "[]", "{\"topics\":5}", "{\"topics\":[null]}")) {
            assertThatThrownBy(() -> Json.read(Buffer.buffer(json), NodeAnswer.Stats.class))
                    .as(json)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
