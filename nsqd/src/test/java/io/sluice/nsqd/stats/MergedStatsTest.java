package io.sluice.nsqd.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.ClientStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.TopicName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergedStatsTest {
    private static final TopicName A = new TopicName("a");
    private static final TopicName B = new TopicName("b");
    private static final ClientSettings ONE = SampleStats.settings(1, "one", "h", 1);
    private static final ClientSettings TWO = SampleStats.settings(2, "two", "h", 2);

    private static TopicStats topic(String name, ClientStats... clients) {
        return SampleStats.topic(
                name,
                0,
                0,
                0,
                false,
                List.of(SampleStats.channel("c", clients.length, List.of(clients))));
    }

    private static ClientStats consumer(ClientSettings settings, Map<TopicName, Long> counts) {
        return new ClientStats(settings, ClientStats.SUBSCRIBED, 9, 1, 5, 4, 0, counts);
    }

    private static LoopStats loop(List<ClientStats> publishers, TopicStats... topics) {
        return new LoopStats(List.of(topics), publishers);
    }

    private static StatsFilter topicFilter(String topic) {
        return new StatsFilter(topic, "", true);
    }

    @Test
    void topicsOfAllLoopsComeByName() {
        MergedStats merged =
                new MergedStats(
                        List.of(
                                loop(List.of(), topic("b"), topic("d")),
                                loop(List.of(), topic("a"), topic("c"))),
                        StatsFilter.ALL);
        assertThat(merged.topics())
                .extracting(topic -> topic.name().value())
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void whatAConnectionPublishedIsAddedUpOverTheLoops() {
        MergedStats merged =
                new MergedStats(
                        List.of(
                                loop(List.of(SampleStats.publisher(TWO, Map.of(A, 1L)))),
                                loop(
                                        List.of(
                                                SampleStats.publisher(TWO, Map.of(B, 2L)),
                                                SampleStats.publisher(ONE, Map.of(B, 4L))))),
                        StatsFilter.ALL);
        assertThat(merged.producers())
                .containsExactly(
                        SampleStats.publisher(ONE, Map.of(B, 4L)),
                        SampleStats.publisher(TWO, Map.of(A, 1L, B, 2L)));
    }

    @Test
    void aConsumerThatPublishesElsewhereKeepsItsNumbers() {
        ClientStats consumer = consumer(ONE, Map.of(A, 3L));
        ClientStats elsewhere = SampleStats.publisher(ONE, Map.of(B, 2L));
        List<LoopStats> loops =
                List.of(
                        // On its own loop it is both publisher and client: one session, seen twice.
                        loop(List.of(consumer), topic("a", consumer)), loop(List.of(elsewhere)));
        ClientStats expected = consumer(ONE, Map.of(A, 3L, B, 2L));
        MergedStats merged = new MergedStats(loops, StatsFilter.ALL);
        assertThat(merged.producers()).containsExactly(expected);
        assertThat(merged.topics().get(0).channels().get(0).clients()).containsExactly(expected);

        MergedStats turned = new MergedStats(List.of(loops.get(1), loops.get(0)), StatsFilter.ALL);
        assertThat(turned.producers()).containsExactly(expected);
    }

    @Test
    void countsAreOfTheTopicThatWasAskedFor() {
        List<LoopStats> loops =
                List.of(
                        loop(
                                List.of(
                                        SampleStats.publisher(ONE, Map.of(A, 1L, B, 2L)),
                                        SampleStats.publisher(TWO, Map.of(B, 4L))),
                                topic("a"),
                                topic("b")));
        MergedStats merged = new MergedStats(loops, topicFilter("a"));
        assertThat(merged.topics()).hasSize(1);
        assertThat(merged.producers())
                .containsExactly(
                        SampleStats.publisher(ONE, Map.of(A, 1L)),
                        SampleStats.publisher(TWO, Map.of()));
    }

    @Test
    void ofAnUnknownTopicThereIsNothing() {
        List<LoopStats> loops =
                List.of(loop(List.of(SampleStats.publisher(ONE, Map.of(A, 1L))), topic("a")));
        MergedStats merged = new MergedStats(loops, topicFilter("none"));
        assertThat(merged.topics()).isNull();
        assertThat(merged.producers()).isNull();
    }

    @Test
    void aTopicWithoutTheChannelIsKnownButLeftOut() {
        List<LoopStats> loops =
                List.of(loop(List.of(SampleStats.publisher(ONE, Map.of(A, 1L))), topic("a")));
        MergedStats merged = new MergedStats(loops, new StatsFilter("a", "none", true));
        assertThat(merged.topics()).isEmpty();
        assertThat(merged.producers()).hasSize(1);
    }

    @Test
    void noProducersAreNull() {
        MergedStats merged = new MergedStats(List.of(loop(List.of())), StatsFilter.ALL);
        assertThat(merged.topics()).isEmpty();
        assertThat(merged.producers()).isNull();
    }
}
