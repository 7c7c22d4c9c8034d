package io.sluice.nsqd.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeekRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestApi api = new TestApi();

    @BeforeEach
    void publish() throws IOException {
        api.post("/topic/create?topic=t").expectEmpty();
        api.post("/channel/create?topic=t&channel=c").expectEmpty();
        for (int i = 0; i < 8; i++)
            assertThat(api.post("/pub?topic=t", "m" + i).status()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private JsonNode messages(String query) throws IOException {
        RawHttp.Reply reply = api.get("/channel/peek?topic=t&channel=c" + query);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode answer = JSON.readTree(reply.body());
        assertThat(answer.get("topic").asText()).isEqualTo("t");
        assertThat(answer.get("channel").asText()).isEqualTo("c");
        return answer.get("messages");
    }

    private static List<String> bodies(JsonNode messages) throws IOException {
        List<String> bodies = new ArrayList<>();
        for (JsonNode message : messages) {
            bodies.add(new String(message.get("body").binaryValue(), StandardCharsets.UTF_8));
        }
        return bodies;
    }

    @Test
    void messagesAreShownAndStay() throws IOException {
        JsonNode messages = messages("");

        assertThat(bodies(messages))
                .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7");
        JsonNode first = messages.get(0);
        assertThat(first.get("id").asText()).matches("[0-9a-f]{16}");
        assertThat(first.get("timestamp").asLong()).isPositive();
        assertThat(first.get("attempts").asInt()).isZero();
        assertThat(first.get("state").asText()).isEqualTo("queued");
        assertThat(first.has("due")).isFalse();
        assertThat(first.get("size").asInt()).isEqualTo(2);
        assertThat(bodies(messages(""))).hasSize(8);
        assertThat(api.topic("t").get("channels").get(0).get("depth").asInt()).isEqualTo(8);
    }

    @Test
    void soManyAndSoMuchOfEachAsIsAskedFor() throws IOException {
        assertThat(bodies(messages("&count=3"))).containsExactly("m0", "m1", "m2");
        JsonNode cut = messages("&count=1&bytes=1").get(0);
        assertThat(cut.get("size").asInt()).isEqualTo(2);
        assertThat(cut.get("body").binaryValue()).containsExactly('m');
        assertThat(bodies(messages("&count=1&bytes=0"))).containsExactly("");
    }

    @Test
    void aDeferredMessageHasItsTime() throws IOException {
        api.post("/pub?topic=t&defer=50000", "later");

        JsonNode last = messages("&count=100").get(8);
        assertThat(last.get("state").asText()).isEqualTo("deferred");
        long delay = last.get("due").asLong() - last.get("timestamp").asLong();
        assertThat(delay).isEqualTo(50_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                               400, MISSING_ARG_TOPIC",
        "?topic=a%20b,                     400, INVALID_ARG_TOPIC",
        "?topic=t,                         400, MISSING_ARG_CHANNEL",
        "?topic=none&channel=c,            404, TOPIC_NOT_FOUND",
        "?topic=t&channel=none,            404, CHANNEL_NOT_FOUND",
        "?topic=t&channel=c&count=0,       400, INVALID_ARG_COUNT",
        "?topic=t&channel=c&count=101,     400, INVALID_ARG_COUNT",
        "?topic=t&channel=c&count=x,       400, INVALID_ARG_COUNT",
        "?topic=t&channel=c&bytes=65537,   400, INVALID_ARG_BYTES",
        "?topic=t&channel=c&bytes=-1,      400, INVALID_ARG_BYTES"
    })
    void whatCannotBeShownIsRefused(String query, int status, String code) throws IOException {
        api.get("/channel/peek" + query).expectError(status, code);
    }
}
