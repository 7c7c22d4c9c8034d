package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IDENTIFY: what a client may ask for, and what it is told. */
@Execution(ExecutionMode.CONCURRENT)
class IdentifyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TOPOLOGY = List.of("topology_region", "topology_zone");

    private static JsonNode negotiate(TestClient client, String fields) throws IOException {
        String more = fields.isEmpty() ? "" : "," + fields;
        return JSON.readTree(client.identify("{\"feature_negotiation\":true" + more + "}"));
    }

    @Test
    void theAnswerHasItsKeysInNsqsOrder() throws IOException {
        try (TestClient client = TestClient.connect()) {
            String answer = client.identify("{\"feature_negotiation\":true}");
            ObjectNode seen = (ObjectNode) JSON.readTree(answer);
            assertThat(seen.get("version").asText()).startsWith("1.");
            seen.put("version", "v");
            seen.remove(TOPOLOGY);
            assertThat(seen.toString())
                    .isEqualTo(
                            "{\"max_rdy_count\":2500,\"version\":\"v\",\"max_msg_timeout\":900000,"
                                    + "\"msg_timeout\":60000,\"tls_v1\":false,\"deflate\":false,"
                                    + "\"deflate_level\":6,\"max_deflate_level\":6,"
                                    + "\"snappy\":false,\"sample_rate\":0,"
                                    + "\"auth_required\":false,\"output_buffer_size\":16384,"
                                    + "\"output_buffer_timeout\":250}");
            assertThat(answer).doesNotContain(" ");
        }
    }

    @Test
    @OwnDaemonOnly("nsqd 1.3.0 does not know of topology, which came after that release")
    void whereTheDaemonStandsComesLast() {
        try (TestClient client = TestClient.connect()) {
            assertThat(client.identify("{\"feature_negotiation\":true}"))
                    .endsWith(
                            ",\"output_buffer_timeout\":250,\"topology_region\":\"\","
                                    + "\"topology_zone\":\"\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                " {\"client_id\":\"a\"}\n",
                "{\"short_id\":\"a\",\"long_id\":\"b\",\"other\":{\"deep\":[1,2.5]}}",
                "{\"feature_negotiation\":null,\"msg_timeout\":null,\"hostname\":null}",
                "{\"feature_negotiation\":false,\"deflate\":true,\"snappy\":true}",
                "{\"msg_timeout\":5,\"msg_timeout\":1000}"
            })
    void withoutNegotiationTheAnswerIsOk(String json) {
        try (TestClient client = TestClient.connect()) {
            assertThat(client.identify(json)).isEqualTo("OK");
            client.publish(Target.newEphemeralTopic(), "m");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "1",
                "\"x\"",
                "{} x",
                "{'a':1}",
                "{\"msg_timeout\":1000.0}",
                "{\"msg_timeout\":1e3}",
                "{\"msg_timeout\":\"1000\"}",
                "{\"heartbeat_interval\":true}",
                "{\"feature_negotiation\":1}",
                "{\"snappy\":\"true\"}",
                "{\"tls_v1\":0}",
                "{\"deflate_level\":\"6\"}",
                "{\"client_id\":7}"
            })
    void whatIsNotSuchAnObjectIsRefused(String json) {
        assertMalformed(json);
    }

    @Test
    @OwnDaemonOnly("nsqd 1.3.0 does not know of topology, which came after that release")
    void whereAClientStandsIsText() {
        assertMalformed("{\"topology_zone\":[]}");
    }

    private static void assertMalformed(String json) {
        try (TestClient client = TestClient.connect()) {
            client.write("IDENTIFY\n", json.length(), json)
                    .expectFatal("E_BAD_BODY IDENTIFY failed to decode JSON body");
        }
    }

    static Stream<Arguments> bounds() {
        return Stream.of(
                arguments("heartbeat_interval", "heartbeat interval", 999),
                arguments("heartbeat_interval", "heartbeat interval", 60_001),
                arguments("heartbeat_interval", "heartbeat interval", -2),
                arguments("heartbeat_interval", "heartbeat interval", 3_000_000_000L),
                arguments("output_buffer_timeout", "output buffer timeout", 24),
                arguments("output_buffer_timeout", "output buffer timeout", 30_001),
                arguments("output_buffer_timeout", "output buffer timeout", -2),
                arguments("output_buffer_size", "output buffer size", 63),
                arguments("output_buffer_size", "output buffer size", 65_537),
                arguments("output_buffer_size", "output buffer size", -2),
                arguments("sample_rate", "sample rate", -1),
                arguments("sample_rate", "sample rate", 100),
                arguments("msg_timeout", "msg timeout", 999),
                arguments("msg_timeout", "msg timeout", 900_001),
                arguments("msg_timeout", "msg timeout", -1));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void whatIsOutOfBoundsIsNamedAndRefused(String key, String shown, long value) {
        String json = "{\"" + key + "\":" + value + "}";
        try (TestClient client = TestClient.connect()) {
            client.write("IDENTIFY\n", json.length(), json)
                    .expectFatal("E_BAD_BODY IDENTIFY " + shown + " (" + value + ") is invalid");
        }
    }

    @Test
    void boundsAreCheckedInNsqsOrder() {
        String[] fields = {
            "\"msg_timeout\":1",
            "\"sample_rate\":100",
            "\"output_buffer_size\":1",
            "\"output_buffer_timeout\":1",
            "\"heartbeat_interval\":1"
        };
        String[] named = {
            "msg timeout (1)",
            "sample rate (100)",
            "output buffer size (1)",
            "output buffer timeout (1)",
            "heartbeat interval (1)"
        };
        for (int i = 0; i < fields.length; i++) {
            String json = "{" + String.join(",", Arrays.copyOf(fields, i + 1)) + "}";
            try (TestClient client = TestClient.connect()) {
                client.write("IDENTIFY\n", json.length(), json)
                        .expectFatal("E_BAD_BODY IDENTIFY " + named[i] + " is invalid");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "output_buffer_timeout, 25, 25",
        "output_buffer_timeout, 30000, 30000",
        "output_buffer_timeout, 0, 250",
        "output_buffer_timeout, -1, 0",
        "output_buffer_size, 64, 64",
        "output_buffer_size, 65536, 65536",
        "output_buffer_size, 0, 16384",
        "output_buffer_size, -1, 1",
        "msg_timeout, 1000, 1000",
        "msg_timeout, 900000, 900000",
        "msg_timeout, 0, 60000",
        "sample_rate, 99, 99",
        "sample_rate, 0, 0"
    })
    void theAnswerSaysWhatHolds(String key, int asked, int told) throws IOException {
        try (TestClient client = TestClient.connect()) {
            JsonNode answer = negotiate(client, "\"" + key + "\":" + asked);
            assertThat(answer.get(key).asInt()).isEqualTo(told);
        }
    }

    @Test
    void withoutABufferThereIsNoTimeEither() throws IOException {
        try (TestClient client = TestClient.connect()) {
            JsonNode answer = negotiate(client, "\"output_buffer_size\":-1");
            assertThat(answer.get("output_buffer_size").asInt()).isEqualTo(1);
            assertThat(answer.get("output_buffer_timeout").asInt()).isZero();
        }
    }

    @Test
    void keysAreFoundInAnyCase() throws IOException {
        try (TestClient client = TestClient.connect()) {
            String answer = client.identify("{\"Feature_Negotiation\":true,\"MSG_TIMEOUT\":1234}");
            assertThat(JSON.readTree(answer).get("msg_timeout").asInt()).isEqualTo(1234);
        }
    }

    @Test
    void aClientMayIdentifyItselfAgainAndKeepsWhatItDoesNotMention() throws IOException {
        try (TestClient client = TestClient.connect()) {
            negotiate(client, "\"msg_timeout\":2000,\"output_buffer_size\":128");
            JsonNode answer = negotiate(client, "\"output_buffer_size\":256");
            assertThat(answer.get("msg_timeout").asInt()).isEqualTo(2000);
            assertThat(answer.get("output_buffer_size").asInt()).isEqualTo(256);
            client.publish(Target.newEphemeralTopic(), "m");
        }
    }

    @Test
    void withoutHeartbeatsAClientPublishesButDoesNotSubscribe() {
        TopicName topic = Target.newEphemeralTopic();
        try (TestClient client = TestClient.connect()) {
            client.identify("{\"heartbeat_interval\":-1}");
            client.publish(topic, "m");
            client.write("SUB " + topic + " c\n")
                    .expectFatal("E_INVALID cannot SUB with heartbeats disabled");
        }
    }

    @Test
    void messagesComeWhateverTheOutputBufferIs() throws IOException {
        String[] buffers = {
            "\"output_buffer_size\":64",
            "\"output_buffer_size\":65536,\"output_buffer_timeout\":25",
            "\"output_buffer_size\":-1",
            "\"output_buffer_size\":65536,\"output_buffer_timeout\":500"
        };
        for (String buffer : buffers) {
            TopicName topic = Target.newTopic();
            try (TestClient client = TestClient.connect()) {
                negotiate(client, buffer);
                client.publish(topic, "a", "b".repeat(100), "c");
                client.subscribe(topic, Target.CHANNEL, 10);
                client.message("a");
                client.message("b".repeat(100));
                client.message("c");
            }
        }
    }

    @Test
    @OwnDaemonOnly("nsqd holds messages back until a heartbeat")
    void messagesComeAlsoWhenNoTimeIsSet() throws IOException {
        TopicName topic = Target.newTopic();
        try (TestClient client = TestClient.connect()) {
            negotiate(client, "\"output_buffer_timeout\":-1");
            client.publish(topic, "a").subscribe(topic, Target.CHANNEL, 10).message("a");
        }
    }
}
