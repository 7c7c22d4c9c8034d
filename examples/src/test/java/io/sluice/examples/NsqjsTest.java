package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.daemon.Running;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** nsqjs, the official client for Node.js, against our daemons. Needs node: {@code -Pinterop}. */
@Tag("node")
class NsqjsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster = new Cluster();
    private Running nsqd;

    @BeforeEach
    void start() {
        cluster.lookupd();
        cluster.lookupd();
        nsqd = cluster.nsqd();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void publishesAloneInBatchesAndDeferredAndConsumesThroughLookup() throws Exception {
        publish("each", IntStream.range(0, 100));
        publish("batch", IntStream.range(100, 200));
        publish("defer:300", IntStream.range(200, 210));

        List<JsonNode> deliveries = consume("finish", 210, Map.of("maxInFlight", 20));

        assertThat(bodies(deliveries))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 210).mapToObj(i -> "message " + i).toList());
    }

    @Test
    void aRequeuedMessageComesAgainNotBeforeItsTime() throws Exception {
        publish("each", IntStream.range(0, 20));

        List<JsonNode> deliveries = consume("requeue:500", 20, Map.of("maxInFlight", 20));

        assertThat(deliveries).hasSize(40);
        for (List<JsonNode> pair : byId(deliveries)) {
            assertThat(pair.get(1).path("attempts").asInt()).isEqualTo(2);
            long waitedMs = pair.get(1).path("at").asLong() - pair.get(0).path("at").asLong();
            // The client's clock starts when it prints, the daemon's when the REQ has arrived.
            assertThat(waitedMs).isGreaterThanOrEqualTo(499);
        }
    }

    @Test
    void anUnansweredMessageTimesOutAndComesAgain() throws Exception {
        publish("each", IntStream.range(0, 20));

        List<JsonNode> deliveries =
                consume("ignore", 20, Map.of("maxInFlight", 20, "messageTimeout", 1_000));

        assertThat(deliveries).hasSize(40);
        for (List<JsonNode> pair : byId(deliveries)) {
            assertThat(pair.get(1).path("attempts").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aTouchedMessageDoesNotTimeOut() throws Exception {
        publish("each", IntStream.range(0, 5));

        List<JsonNode> deliveries =
                consume("touch:2500", 5, Map.of("maxInFlight", 5, "messageTimeout", 1_000));

        assertThat(deliveries).hasSize(5);
    }

    private void publish(String mode, IntStream numbers) throws Exception {
        Map<String, Object> task =
                Map.of("host", "127.0.0.1", "port", nsqd.tcp().port(), "topic", "t", "mode", mode);
        String lines = numbers.mapToObj(i -> "message " + i).collect(Collectors.joining("\n"));
        Node.run("publisher.js", JSON.writeValueAsString(task), lines);
    }

    private List<JsonNode> consume(String first, int count, Map<String, Object> more)
            throws Exception {
        Map<String, Object> options = new java.util.HashMap<>(more);
        options.put("lookupdHTTPAddresses", cluster.lookupdHttp());
        options.put("lookupdPollInterval", 1);
        Map<String, Object> task =
                Map.of(
                        "topic", "t",
                        "channel", "c",
                        "count", count,
                        "first", first,
                        "options", options);
        List<JsonNode> deliveries = new ArrayList<>();
        for (String line : Node.run("consumer.js", JSON.writeValueAsString(task), "")) {
            deliveries.add(JSON.readTree(line));
        }
        return deliveries;
    }

    private static List<String> bodies(List<JsonNode> deliveries) {
        return deliveries.stream()
                .map(d -> Base64.getDecoder().decode(d.path("body").asText()))
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .toList();
    }

    private static Iterable<List<JsonNode>> byId(List<JsonNode> deliveries) {
        return deliveries.stream()
                .collect(Collectors.groupingBy(d -> d.path("id").asText()))
                .values();
    }
}
