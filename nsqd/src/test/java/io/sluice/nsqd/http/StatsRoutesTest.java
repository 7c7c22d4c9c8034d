package io.sluice.nsqd.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.daemon.Version;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatsRoutesTest {
    private final TestApi api = new TestApi();

    @AfterEach
    void close() {
        api.close();
    }

    private void channels(String... topicsAndChannels) throws IOException {
        for (String both : topicsAndChannels) {
            String[] names = both.split(":");
            api.post("/topic/create?topic=" + names[0]).expectEmpty();
            if (names.length == 1) continue;
            api.post("/channel/create?topic=" + names[0] + "&channel=" + names[1]).expectEmpty();
        }
    }

    private static List<String> texts(JsonNode array, String key) {
        return IntStream.range(0, array.size())
                .mapToObj(i -> array.get(i).get(key).asText())
                .toList();
    }

    @Test
    void anIdleDaemonHasNoTopicsAndNoProducers() throws IOException {
        RawHttp.Reply reply = api.get("/stats?format=json&include_mem=false");
        assertThat(reply.body())
                .isEqualTo(
                        "{\"version\":\""
                                + Version.FULL
                                + "\",\"health\":\"OK\",\"start_time\":"
                                + TestApi.START_TIME.toEpochSecond()
                                + ",\"topics\":[],\"producers\":null}");
        assertThat(reply.headers())
                .containsEntry("Content-Type", "application/json; charset=utf-8")
                .containsEntry("X-NSQ-Content-Type", "nsq; version=1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stats", "/stats?format=text", "/stats?format=JSON", "/stats?format="})
    void anythingButJsonIsText(String target) throws IOException {
        RawHttp.Reply reply = api.get(target);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers())
                .containsEntry("Content-Type", "text/plain; charset=utf-8")
                .containsEntry("X-NSQ-Content-Type", "nsq; version=1.0");
        assertThat(reply.body())
                .startsWith("nsqd v" + Version.FULL)
                .contains("\nHealth: OK\n", "\nMemory:\n   heap_objects", "\nTopics: None\n")
                .endsWith("\nProducers: None\n");
        assertThat(api.get("/stats?include_mem=0").body()).doesNotContain("Memory");
    }

    @Test
    void aMalformedQueryIsRefused() throws IOException {
        api.get("/stats?format=json&topic=%zz").expectError(400, "INVALID_REQUEST");
    }

    @Test
    void topicsOfAllLoopsAreListedByName() throws IOException {
        // Names of one letter each end up on both loops.
        channels("d", "b", "a", "f", "c", "e", "g");
        assertThat(texts(api.stats("").get("topics"), "topic_name"))
                .containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void oneTopicCanBeAskedFor() throws IOException {
        channels("a:x", "b:x");
        assertThat(texts(api.stats("&topic=b").get("topics"), "topic_name")).containsExactly("b");
        assertThat(texts(api.stats("&topic=").get("topics"), "topic_name"))
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "no%20name"})
    void ofATopicThatIsNotThereNothingIsShown(String topic) throws IOException {
        channels("a:x");
        try (TestClient producer = api.client()) {
            producer.publish("a", "m");
            JsonNode stats = api.stats("&topic=" + topic);
            assertThat(stats.get("topics").isNull()).isTrue();
            assertThat(stats.get("producers").isNull()).isTrue();
            assertThat(api.get("/stats?topic=" + topic).body())
                    .contains("\nTopics: None\n", "\nProducers: None\n");
        }
    }

    @Test
    void oneChannelCanBeAskedFor() throws IOException {
        channels("a:x", "a:y", "b:x", "c:z", "d");
        JsonNode topics = api.stats("&channel=x").get("topics");
        assertThat(texts(topics, "topic_name")).containsExactly("a", "b");
        assertThat(texts(topics.get(0).get("channels"), "channel_name")).containsExactly("x");
        topics = api.stats("&topic=a&channel=y").get("topics");
        assertThat(texts(topics.get(0).get("channels"), "channel_name")).containsExactly("y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "no%20name"})
    void topicsWithoutTheChannelAreLeftOut(String channel) throws IOException {
        channels("a:x");
        try (TestClient producer = api.client()) {
            producer.publish("a", "m");
            JsonNode stats = api.stats("&topic=a&channel=" + channel);
            assertThat(stats.get("topics").isArray()).isTrue();
            assertThat(stats.get("topics")).isEmpty();
            assertThat(stats.get("producers")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0"})
    void clientsCanBeLeftOut(String value) throws IOException {
        try (TestClient client = api.client()) {
            client.consume("t", "c", 1);
            api.post("/pub?topic=t", "m").expectOk();
            assertThat(client.message()).isEqualTo("m");
            JsonNode stats = api.stats("&include_clients=" + value);
            JsonNode channel = stats.get("topics").get(0).get("channels").get(0);
            assertThat(channel.get("clients").isNull()).isTrue();
            assertThat(channel.get("client_count").asInt()).isEqualTo(1);
            assertThat(stats.get("producers").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "", "no"})
    void anyOtherWordIncludesThem(String value) throws IOException {
        channels("t:c");
        JsonNode stats = api.stats("&include_clients=" + value + "&include_mem=" + value);
        assertThat(stats.get("topics").get(0).get("channels").get(0).get("clients").isArray())
                .isTrue();
        JsonNode memory = stats.get("memory");
        assertThat(memory.get("heap_in_use_bytes").asLong()).isPositive();
        assertThat(memory.get("next_gc_bytes").asLong())
                .isGreaterThanOrEqualTo(memory.get("heap_in_use_bytes").asLong());
    }

    @Test
    void aConsumerIsShownInItsChannel() throws IOException {
        try (TestClient client = api.client()) {
            client.identify(
                    "{\"client_id\":\"c1\",\"hostname\":\"h1\",\"user_agent\":\"demo/1.0\"}");
            client.consume("t", "c", 3);
            api.post("/mpub?topic=t", "a\nb\n").expectOk();
            assertThat(client.message() + client.message()).isEqualTo("ab");
            JsonNode stats = api.stats("");
            JsonNode channel = stats.get("topics").get(0).get("channels").get(0);
            assertThat(channel.get("global_msg_count").asInt()).isEqualTo(2);
            JsonNode shown = channel.get("clients").get(0);
            assertThat(shown.get("client_id").asText()).isEqualTo("c1");
            assertThat(shown.get("remote_address").asText())
                    .isEqualTo("127.0.0.1:" + client.port());
            assertThat(shown.get("state").asInt()).isEqualTo(3);
            assertThat(shown.get("ready_count").asInt()).isEqualTo(3);
            assertThat(shown.get("in_flight_count").asInt()).isEqualTo(2);
            assertThat(shown.has("pub_counts")).isFalse();
            assertThat(stats.get("producers").isNull()).isTrue();
            assertThat(api.get("/stats").body())
                    .contains("        [V2 h1:" + client.port() + " demo/1.0");
        }
    }

    @Test
    void aProducerIsShownOnceWithAllItsTopics() throws IOException {
        try (TestClient client = api.client()) {
            for (String topic : List.of("a", "b", "c", "d")) client.publish(topic, "m");
            client.publish("a", "m");
            JsonNode producers = api.stats("").get("producers");
            assertThat(producers).hasSize(1);
            JsonNode counts = producers.get(0).get("pub_counts");
            assertThat(texts(counts, "topic")).containsExactly("a", "b", "c", "d");
            assertThat(texts(counts, "count")).containsExactly("2", "1", "1", "1");
            counts = api.stats("&topic=b").get("producers").get(0).get("pub_counts");
            assertThat(texts(counts, "topic")).containsExactly("b");
        }
    }

    @Test
    void whoConsumesAndPublishesIsShownInBothListsWithTheSameNumbers() throws IOException {
        try (TestClient client = api.client()) {
            client.consume("a", "x", 7);
            for (String topic : List.of("b", "c", "d", "e")) client.publish(topic, "m");
            JsonNode stats = api.stats("");
            JsonNode consumer =
                    stats.get("topics").get(0).get("channels").get(0).get("clients").get(0);
            assertThat(consumer.get("pub_counts")).hasSize(4);
            assertThat(stats.get("producers")).hasSize(1);
            assertThat(stats.get("producers").get(0)).isEqualTo(consumer);
            JsonNode filtered = api.stats("&topic=b").get("producers").get(0);
            assertThat(filtered.get("ready_count").asInt()).isEqualTo(7);
        }
    }

    @Test
    void publishingByHttpMakesNoProducer() throws IOException {
        api.post("/pub?topic=t", "m").expectOk();
        assertThat(api.stats("").get("producers").isNull()).isTrue();
    }
}
