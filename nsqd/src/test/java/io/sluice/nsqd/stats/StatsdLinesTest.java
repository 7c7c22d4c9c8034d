package io.sluice.nsqd.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.LatencyStats;
import io.sluice.nsqd.core.LatencyStats.Percentile;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatsdLinesTest {
    private static final LatencyStats LATENCY =
            new LatencyStats(
                    1,
                    List.of(
                            new Percentile(1.0, 9),
                            new Percentile(0.999, 8),
                            new Percentile(0.95, 7)));

    private final StatsdLines lines = new StatsdLines("nsq.h_4151.", true);

    private static TopicStats topic(String name, long count, List<ChannelStats> channels) {
        return new TopicStats(
                new TopicName(name),
                2,
                1,
                0,
                count,
                10 * count,
                0,
                false,
                SampleStats.IN_MEMORY,
                channels,
                LATENCY);
    }

    @Test
    void aBatchHasNsqsNamesTypesAndOrder() {
        List<ChannelStats> channels = List.of(SampleStats.channel("c#ephemeral", 1, null));
        assertThat(lines.next(List.of(topic("t", 7, channels)), SampleStats.MEMORY))
                .containsExactly(
                        "nsq.h_4151.topic.t.message_count:7|c\n",
                        "nsq.h_4151.topic.t.message_bytes:70|c\n",
                        "nsq.h_4151.topic.t.depth:2|g\n",
                        "nsq.h_4151.topic.t.backend_depth:1|g\n",
                        "nsq.h_4151.topic.t.e2e_processing_latency_100:9|g\n",
                        "nsq.h_4151.topic.t.e2e_processing_latency_100:8|g\n",
                        "nsq.h_4151.topic.t.e2e_processing_latency_95:7|g\n",
                        "nsq.h_4151.topic.t.channel.c#ephemeral.message_count:6|c\n",
                        "nsq.h_4151.topic.t.channel.c#ephemeral.depth:1|g\n",
                        "nsq.h_4151.topic.t.channel.c#ephemeral.backend_depth:0|g\n",
                        "nsq.h_4151.topic.t.channel.c#ephemeral.in_flight_count:3|g\n",
                        "nsq.h_4151.topic.t.channel.c#ephemeral.deferred_count:1|g\n",
                        "nsq.h_4151.topic.t.channel.c#ephemeral.requeue_count:1|c\n",
                        "nsq.h_4151.topic.t.channel.c#ephemeral.timeout_count:0|c\n",
                        "nsq.h_4151.topic.t.channel.c#ephemeral.clients:1|g\n",
                        "nsq.h_4151.mem.heap_objects:2874|g\n",
                        "nsq.h_4151.mem.heap_idle_bytes:1884160|g\n",
                        "nsq.h_4151.mem.heap_in_use_bytes:1818624|g\n",
                        "nsq.h_4151.mem.heap_released_bytes:1851392|g\n",
                        "nsq.h_4151.mem.gc_pause_usec_100:3000|g\n",
                        "nsq.h_4151.mem.gc_pause_usec_99:2000|g\n",
                        "nsq.h_4151.mem.gc_pause_usec_95:1000|g\n",
                        "nsq.h_4151.mem.next_gc_bytes:4194304|g\n",
                        "nsq.h_4151.mem.gc_runs:7|c\n");
    }

    private List<String> counted(TopicStats... topics) {
        return lines.next(List.of(topics), null).stream()
                .filter(line -> line.contains("topic.t.message_count"))
                .map(line -> line.replaceAll(".*:(.*)\n", "$1"))
                .toList();
    }

    @Test
    void countersAreWhatWasAddedSinceTheBatchBefore() {
        assertThat(counted(topic("t", 7, List.of()))).containsExactly("7|c");
        assertThat(counted(topic("t", 9, List.of()))).containsExactly("2|c");
        assertThat(counted(topic("t", 9, List.of()))).containsExactly("0|c");
        // It was deleted and made anew.
        assertThat(counted(topic("t", 3, List.of()))).containsExactly("3|c");
        assertThat(counted()).isEmpty();
        assertThat(counted(topic("t", 5, List.of()))).containsExactly("5|c");
        lines.next(List.of(), SampleStats.MEMORY);
        assertThat(lines.next(List.of(), SampleStats.MEMORY))
                .contains("nsq.h_4151.mem.gc_runs:0|c\n");
    }

    @Test
    void whatIsEphemeralCanBeLeftOut() {
        StatsdLines lasting = new StatsdLines("", false);
        List<ChannelStats> channels =
                List.of(
                        SampleStats.channel("c#ephemeral", 1, null),
                        SampleStats.channel("d", 1, null));
        List<String> told =
                lasting.next(
                        List.of(topic("t", 1, channels), topic("u#ephemeral", 1, List.of())), null);
        assertThat(told)
                .anyMatch(line -> line.startsWith("topic.t.channel.d."))
                .noneMatch(line -> line.contains("#ephemeral"));
    }

    private static List<String> packed(int maxBytes, String... lines) {
        return Datagrams.of(List.of(lines), maxBytes).stream()
                .map(datagram -> new String(datagram, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void aDatagramHasAsManyWholeLinesAsFit() {
        assertThat(packed(8, "abc\n", "def\n", "g\n", "h\n"))
                .containsExactly("abc\ndef\n", "g\nh\n");
        assertThat(packed(8, "a\n", "a line too long\n", "b\n"))
                .containsExactly("a\n", "a line too long\n", "b\n");
        assertThat(packed(8)).isEmpty();
    }
}
