package io.sluice.nsqd.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.Version;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.ClientStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatsTextTest {
    @Test
    void theSampleIsLaidOutAsByNsq() throws IOException {
        try (InputStream sample = StatsTextTest.class.getResourceAsStream("sample.txt")) {
            String text = new String(sample.readAllBytes(), UTF_8);
            assertThat(StatsText.render(SampleStats.all()))
                    .isEqualTo(text.replace("VERSION", Version.line("nsqd")));
        }
    }

    @Test
    void withNothingToShowItSaysSo() {
        assertThat(StatsText.render(SampleStats.none()))
                .isEqualTo(
                        Version.line("nsqd")
                                + "\nstart_time 2026-11-20T11:03:22Z\nuptime 0s\n"
                                + "\nHealth: NOK - disk\n\nTopics: None\n\nProducers: None\n");
    }

    @Test
    void aConsumerThatPublishesToSeveralTopicsIsShownAsAProducer() {
        Map<TopicName, Long> counts =
                new TreeMap<>(Map.of(SampleStats.ORDERS, 6L, new TopicName("a"), 2L));
        ClientStats both = SampleStats.publisher(SampleStats.settings(1, "id", "host", 7), counts);
        ChannelStats channel = SampleStats.channel("c", 1, List.of(both));
        TopicStats topic = SampleStats.topic("t", 0, 0, 0, false, List.of(channel));
        StatsSnapshot stats =
                new StatsSnapshot(
                        "OK",
                        SampleStats.START_TIME,
                        SampleStats.START_TIME.toInstant(),
                        List.of(topic),
                        null,
                        null);
        assertThat(StatsText.render(stats))
                .contains(
                        "\n        [V2 host:7 demo/1.0      ] msgs: 8        topics: a=2,orders=6"
                                + " connected: 0s\n\nProducers: None\n");
    }
}
