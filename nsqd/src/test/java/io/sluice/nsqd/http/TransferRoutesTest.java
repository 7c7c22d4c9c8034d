package io.sluice.nsqd.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two loops, and memory for five messages: the rest is in the log. */
class TransferRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestApi api = new TestApi();

    @BeforeEach
    void create() throws IOException {
        api.post("/topic/create?topic=dead").expectEmpty();
        api.post("/channel/create?topic=dead&channel=c").expectEmpty();
    }

    @AfterEach
    void close() {
        api.close();
    }

    private JsonNode done(String target) throws IOException {
        RawHttp.Reply reply = api.post(target);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return JSON.readTree(reply.body());
    }

    private void publish(int count, String more) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(api.post("/pub?topic=dead" + more, "m" + i).status()).isEqualTo(200);
        }
    }

    private JsonNode channel(String topic) throws IOException {
        return api.topic(topic).get("channels").get(0);
    }

    private List<String> bodies(String topic) throws IOException {
        RawHttp.Reply reply = api.get("/channel/peek?count=100&channel=c&topic=" + topic);
        List<String> bodies = new ArrayList<>();
        for (JsonNode message : JSON.readTree(reply.body()).get("messages")) {
            bodies.add(new String(message.get("body").binaryValue()));
        }
        return bodies;
    }

    /** One of these is on another loop than "dead". */
    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c", "d"})
    void allThatWaitsGoesToTheOtherTopicInItsOrder(String target) throws IOException {
        api.post("/topic/create?topic=" + target).expectEmpty();
        api.post("/channel/create?channel=c&topic=" + target).expectEmpty();
        publish(12, "");

        JsonNode answer = done("/channel/move?topic=dead&channel=c&to=" + target);

        assertThat(answer.toString())
                .isEqualTo(
                        "{\"topic\":\"dead\",\"channel\":\"c\",\"to\":\"%s\","
                                .concat("\"moved\":12,\"left\":0}")
                                .formatted(target));
        JsonNode left = channel("dead");
        assertThat(left.get("depth").asInt() + left.get("in_flight_count").asInt()).isZero();
        assertThat(left.get("client_count").asInt()).isZero();
        assertThat(channel(target).get("depth").asInt()).isEqualTo(12);
        assertThat(bodies(target)).startsWith("m0", "m1", "m2", "m3", "m4");
    }

    @Test
    void noMoreGoThanWereAskedFor() throws IOException {
        publish(12, "");
        JsonNode answer = done("/channel/move?topic=dead&channel=c&to=a&count=7");
        assertThat(answer.get("moved").asInt()).isEqualTo(7);
        assertThat(answer.get("left").asInt()).isEqualTo(5);
        assertThat(channel("dead").get("depth").asInt()).isEqualTo(5);
        assertThat(api.topic("a").get("depth").asInt()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c", "d"})
    void whatTheOtherTopicRefusesStays(String target) throws IOException {
        api.post("/topic/create?topic=" + target).expectEmpty();
        api.refuse(target, "the disk is full");
        publish(12, "");
        String move = "/channel/move?topic=dead&channel=c&to=" + target;
        // Five fit into its memory, as they come out of that of the channel.
        JsonNode answer = done(move);
        assertThat(answer.get("moved").asInt()).isEqualTo(5);
        assertThat(answer.get("left").asInt()).isEqualTo(7);
        assertThat(answer.get("problem").asText()).isEqualTo("the disk is full");
        api.post(move).expectError(503, "the disk is full");
        assertThat(channel("dead").get("depth").asInt()).isEqualTo(7);
        assertThat(api.topic(target).get("depth").asInt()).isEqualTo(5);
    }

    @Test
    void deferredMessagesWaitAtOnce() throws IOException {
        publish(12, "&defer=50000");
        assertThat(channel("dead").get("deferred_count").asInt()).isEqualTo(12);

        assertThat(done("/channel/requeue?topic=dead&channel=c&count=8").toString())
                .isEqualTo("{\"topic\":\"dead\",\"channel\":\"c\",\"requeued\":8,\"left\":4}");

        assertThat(channel("dead").get("deferred_count").asInt()).isEqualTo(4);
        assertThat(channel("dead").get("depth").asInt()).isEqualTo(8);
        assertThat(done("/channel/requeue?topic=dead&channel=c").get("left").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                400, MISSING_ARG_TOPIC",
        "?topic=a%20b,                      400, INVALID_ARG_TOPIC",
        "?topic=dead,                       400, MISSING_ARG_CHANNEL",
        "?topic=none&channel=c&to=a,        404, TOPIC_NOT_FOUND",
        "?topic=dead&channel=none&to=a,     404, CHANNEL_NOT_FOUND",
        "?topic=dead&channel=c&to=a&count=0,     400, INVALID_ARG_COUNT",
        "?topic=dead&channel=c&to=a&count=10001, 400, INVALID_ARG_COUNT"
    })
    void whatCannotBeDoneIsRefused(String query, int status, String code) throws IOException {
        api.post("/channel/move" + query).expectError(status, code);
        api.post("/channel/requeue" + query).expectError(status, code);
    }

    @ParameterizedTest
    @CsvSource({
        "'',        MISSING_ARG_TO",
        "&to=,      INVALID_ARG_TO",
        "&to=a%20b, INVALID_ARG_TO",
        "&to=dead,  INVALID_ARG_TO"
    })
    void theOtherTopicMustBeAnother(String to, String code) throws IOException {
        api.post("/channel/move?topic=dead&channel=c" + to).expectError(400, code);
    }
}
