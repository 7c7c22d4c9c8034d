package io.sluice.nsqd.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.daemon.Version;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.ClientLink;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.ClientStats;
import io.sluice.nsqd.core.DeliveryCounts;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LatencyStats;
import io.sluice.nsqd.core.Oldest;
import io.sluice.nsqd.core.StoreStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.ChannelName;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatsJsonTest {
    private static StatsSnapshot with(List<TopicStats> topics, List<ClientStats> producers) {
        return new StatsSnapshot(
                "OK",
                SampleStats.START_TIME,
                SampleStats.START_TIME.toInstant(),
                topics,
                producers,
                null);
    }

    @Test
    void theSampleIsWrittenAsByNsqKeyForKey() throws IOException {
        try (InputStream sample = StatsJsonTest.class.getResourceAsStream("sample.json")) {
            String oneLine =
                    new String(sample.readAllBytes(), UTF_8)
                            .lines()
                            .map(String::strip)
                            .collect(joining());
            assertThat(StatsJson.render(SampleStats.all()))
                    .isEqualTo(oneLine.replace("VERSION", Version.FULL));
        }
    }

    @Test
    void whatIsNotThereIsNullAndMemoryLeftOut() {
        assertThat(StatsJson.render(SampleStats.none()))
                .endsWith("\"start_time\":1795172602,\"topics\":null,\"producers\":null}");
    }

    @Test
    void aConnectionIsShownWithItsLayersAndWhoItIs() {
        ClientLink link =
                new ClientLink(
                        true,
                        false,
                        new ClientLink.Tls("TLS_AES_128_GCM_SHA256", "TLS1.3"),
                        new ClientLink.Identity("me", "http://x"));
        ClientSettings settings = SampleStats.settings(1, "id", "h", 1).with(link);
        assertThat(StatsJson.render(with(null, List.of(SampleStats.publisher(settings, Map.of())))))
                .contains("\"deflate\":true,\"snappy\":false,")
                .contains(
                        "\"authed\":true,\"auth_identity\":\"me\","
                                + "\"auth_identity_url\":\"http://x\",\"topology_zone\"")
                .contains(
                        "\"tls\":true,\"tls_cipher_suite\":\"TLS_AES_128_GCM_SHA256\","
                                + "\"tls_version\":\"TLS1.3\",\"tls_negotiated_protocol\":\"\","
                                + "\"tls_negotiated_protocol_is_mutual\":true}");
    }

    @Test
    void whoseServerSaysNothingOfThemIsStillAuthed() {
        ClientLink link = ClientLink.PLAIN.with(new ClientLink.Identity("", ""));
        ClientSettings settings = SampleStats.settings(1, "id", "h", 1).with(link);
        assertThat(StatsJson.render(with(null, List.of(SampleStats.publisher(settings, Map.of())))))
                .contains("\"authed\":true,\"topology_zone\"");
    }

    @Test
    void clientsThatWereNotAskedForAreNull() {
        ChannelStats channel = SampleStats.channel("c", 2, null);
        TopicStats topic = SampleStats.topic("t", 0, 0, 0, false, List.of(channel));
        assertThat(StatsJson.render(with(List.of(topic), null)))
                .contains("\"client_count\":2,\"clients\":null,");
    }

    @Test
    void dropsAreShownWhereThereAreAny() {
        ChannelStats channel =
                new ChannelStats(
                        new ChannelName("c"),
                        0,
                        0,
                        0,
                        0,
                        9,
                        0,
                        0,
                        new DeliveryCounts(0, 0, 0),
                        4,
                        2,
                        6,
                        5,
                        SampleStats.NOT_KNOWN,
                        0,
                        false,
                        0,
                        List.of(),
                        LatencyStats.NONE);
        TopicStats topic = SampleStats.topic("t", 0, 9, 9, false, List.of(channel));
        assertThat(StatsJson.render(with(List.of(dropping(topic, 3)), null)))
                .contains(
                        "\"timeout_count\":0,\"dropped_count\":4,\"sampled_out_count\":2,"
                                + "\"evicted_count\":6,\"expired_count\":5,\"client_count\":0")
                .contains("\"message_bytes\":9,\"dropped_count\":3,\"durability\"");
    }

    private static TopicStats dropping(TopicStats t, long dropped) {
        return new TopicStats(
                t.name(),
                0,
                0,
                0,
                9,
                9,
                dropped,
                t.paused(),
                SampleStats.IN_MEMORY,
                t.channels(),
                LatencyStats.NONE);
    }

    @Test
    void whatIsOnDiskIsShownAndSinceWhenItWaits() {
        ChannelStats channel =
                new ChannelStats(
                        new ChannelName("c"),
                        1,
                        6,
                        0,
                        0,
                        9,
                        0,
                        0,
                        new DeliveryCounts(0, 0, 0),
                        0,
                        0,
                        0,
                        0,
                        new Oldest(1_700_000_000_000_000_001L, 1_600_000_000_000_000_002L),
                        7000,
                        false,
                        0,
                        List.of(),
                        LatencyStats.NONE);
        TopicStats topic =
                new TopicStats(
                        SampleStats.ORDERS,
                        5,
                        3,
                        1_500_000_000_000_000_003L,
                        9,
                        9,
                        0,
                        false,
                        new StoreStats(Durability.OS, Durability.OS, 4096, 1),
                        List.of(channel),
                        LatencyStats.NONE);
        assertThat(StatsJson.render(with(List.of(topic), null)))
                .contains(
                        "\"timeout_count\":0,\"oldest_timestamp\":1700000000000000001,"
                                + "\"oldest_in_flight_timestamp\":1600000000000000002,"
                                + "\"held_bytes\":7000,\"client_count\":0")
                .contains("\"depth\":7,\"backend_depth\":6,\"memory_depth\":1,")
                .contains(
                        "\"depth\":5,\"backend_depth\":3,\"memory_depth\":2,"
                                + "\"oldest_timestamp\":1500000000000000003,")
                .contains("\"durability\":\"os\",\"disk_bytes\":4096,\"damaged_count\":1,");
    }

    @Test
    void whateverAClientCallsItselfTheJsonStaysWhole() throws IOException {
        String nasty = "\"\\\n\u0000<\u00e9\ud83d\ude00half:\ud83d";
        ClientStats client =
                SampleStats.publisher(SampleStats.settings(1, nasty, "h", 1), Map.of());
        String json = StatsJson.render(with(List.of(), List.of(client)));
        JsonNode read = new ObjectMapper().readTree(json.getBytes(UTF_8));
        assertThat(read.get("producers").get(0).get("client_id").asText())
                .startsWith("\"\\\n\u0000<\u00e9\ud83d\ude00half:");
    }
}
