package io.sluice.nsqd.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRoutesTest {
    private final TestApi api = new TestApi();

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "create,                 400, MISSING_ARG_TOPIC",
        "create?topic=,          400, INVALID_TOPIC",
        "create?topic=a%20b,     400, INVALID_TOPIC",
        "create?topic=%zz,       400, INVALID_REQUEST",
        "delete,                 400, MISSING_ARG_TOPIC",
        "delete?topic=a%20b,     404, TOPIC_NOT_FOUND",
        "delete?topic=none,      404, TOPIC_NOT_FOUND",
        "delete?topic=%zz,       400, INVALID_REQUEST",
        "empty,                  400, MISSING_ARG_TOPIC",
        "empty?topic=a%20b,      400, INVALID_TOPIC",
        "empty?topic=none,       404, TOPIC_NOT_FOUND",
        "empty?topic=%zz,        400, INVALID_REQUEST",
        "pause,                  400, MISSING_ARG_TOPIC",
        "pause?topic=a%20b,      404, TOPIC_NOT_FOUND",
        "pause?topic=none,       404, TOPIC_NOT_FOUND",
        "pause?topic=%zz,        400, INVALID_REQUEST",
        "unpause,                400, MISSING_ARG_TOPIC",
        "unpause?topic=a%20b,    404, TOPIC_NOT_FOUND",
        "unpause?topic=none,     404, TOPIC_NOT_FOUND",
        "unpause?topic=%zz,      400, INVALID_REQUEST"
    })
    void whatCannotBeDoneIsRefused(String target, int status, String code) throws IOException {
        api.post("/topic/" + target).expectError(status, code);
        assertThat(api.stats("").get("topics")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "delete", "empty", "pause", "unpause"})
    void onlyPostDoesAnything(String verb) throws IOException {
        api.post("/topic/create?topic=t").expectEmpty();
        RawHttp.Reply reply = api.get("/topic/" + verb + "?topic=t");
        reply.expectError(405, "METHOD_NOT_ALLOWED");
        assertThat(reply.headers()).containsEntry("Allow", "OPTIONS, POST");
        assertThat(api.topic("t").get("paused").asBoolean()).isFalse();
    }

    @Test
    void creatingATopicTwiceIsFine() throws IOException {
        api.post("/topic/create?topic=t", "a body is ignored").expectEmpty();
        api.post("/pub?topic=t", "m").expectOk();
        api.post("/topic/create?topic=t").expectEmpty();
        assertThat(api.topic("t").get("depth").asInt()).isEqualTo(1);
    }

    @Test
    void deletingATopicDisconnectsItsConsumers() throws IOException {
        try (TestClient client = api.client()) {
            client.consume("t", "c", 1);
            api.post("/topic/delete?topic=t").expectEmpty();
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(api.stats("").get("topics")).isEmpty();
        api.post("/topic/delete?topic=t").expectError(404, "TOPIC_NOT_FOUND");
    }

    @Test
    void emptyingATopicLeavesItsChannelsAlone() throws IOException {
        api.post("/topic/create?topic=t").expectEmpty();
        api.post("/channel/create?topic=t&channel=c").expectEmpty();
        api.post("/pub?topic=t", "gone to the channel").expectOk();
        api.post("/topic/pause?topic=t").expectEmpty();
        api.post("/pub?topic=t", "still in the topic").expectOk();
        assertThat(api.topic("t").get("depth").asInt()).isEqualTo(1);
        api.post("/topic/empty?topic=t").expectEmpty();
        JsonNode topic = api.topic("t");
        assertThat(topic.get("depth").asInt()).isZero();
        assertThat(topic.get("message_count").asInt()).isEqualTo(2);
        assertThat(topic.get("channels").get(0).get("depth").asInt()).isEqualTo(1);
    }

    @Test
    void aPausedTopicHoldsItsMessagesUntilItIsUnpaused() throws IOException {
        try (TestClient client = api.client()) {
            client.consume("t", "c", 1);
            api.post("/topic/pause?topic=t").expectEmpty();
            api.post("/topic/pause?topic=t").expectEmpty();
            assertThat(api.topic("t").get("paused").asBoolean()).isTrue();
            api.post("/pub?topic=t", "m").expectOk();
            assertThat(api.topic("t").get("depth").asInt()).isEqualTo(1);
            api.post("/topic/unpause?topic=t").expectEmpty();
            assertThat(client.message()).isEqualTo("m");
            api.post("/topic/unpause?topic=t").expectEmpty();
            assertThat(api.topic("t").get("paused").asBoolean()).isFalse();
        }
    }
}
