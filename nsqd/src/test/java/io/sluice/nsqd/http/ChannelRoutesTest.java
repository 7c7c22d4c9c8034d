package io.sluice.nsqd.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRoutesTest {
    private static final String[] VERBS = {"create", "delete", "empty", "pause", "unpause"};

    private final TestApi api = new TestApi();

    @BeforeEach
    void makeTheTopic() throws IOException {
        api.post("/topic/create?topic=t").expectEmpty();
    }

    @AfterEach
    void close() {
        api.close();
    }

    private JsonNode channel() throws IOException {
        return api.topic("t").get("channels").get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                            400, MISSING_ARG_TOPIC",
        "?channel=c,                    400, MISSING_ARG_TOPIC",
        "?topic=a%20b,                  400, INVALID_ARG_TOPIC",
        "?topic=t,                      400, MISSING_ARG_CHANNEL",
        "?topic=none,                   400, MISSING_ARG_CHANNEL",
        "?topic=t&channel=,             400, INVALID_ARG_CHANNEL",
        "?topic=none&channel=a%20b,     400, INVALID_ARG_CHANNEL",
        "?topic=none&channel=c,         404, TOPIC_NOT_FOUND",
        "?topic=t&channel=c&x=%zz,      400, INVALID_REQUEST"
    })
    void whatCannotBeDoneIsRefusedInTheSameOrderByAll(String query, int status, String code)
            throws IOException {
        for (String verb : VERBS) {
            api.post("/channel/" + verb + query).expectError(status, code);
        }
        assertThat(api.stats("").get("topics")).hasSize(1);
        assertThat(api.topic("t").get("channels")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "empty", "pause", "unpause"})
    void allButCreateWantAChannelThatExists(String verb) throws IOException {
        String target = "/channel/" + verb + "?topic=t&channel=none";
        api.post(target).expectError(404, "CHANNEL_NOT_FOUND");
        assertThat(api.topic("t").get("channels")).isEmpty();
    }

    @Test
    void theFirstChannelGetsWhatWaitedInTheTopic() throws IOException {
        api.post("/pub?topic=t", "m").expectOk();
        api.post("/channel/create?topic=t&channel=c").expectEmpty();
        api.post("/channel/create?topic=t&channel=c").expectEmpty();
        assertThat(channel().get("depth").asInt()).isEqualTo(1);
    }

    @Test
    void deletingAChannelDisconnectsItsConsumers() throws IOException {
        try (TestClient client = api.client()) {
            client.consume("t", "c", 1);
            api.post("/channel/delete?topic=t&channel=c").expectEmpty();
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(api.topic("t").get("channels")).isEmpty();
        String again = "/channel/delete?topic=t&channel=c";
        api.post(again).expectError(404, "CHANNEL_NOT_FOUND");
    }

    @Test
    void emptyingDropsAllAndConsumersGoOn() throws IOException {
        try (TestClient client = api.client()) {
            client.consume("t", "c", 1);
            api.post("/pub?topic=t", "in flight").expectOk();
            assertThat(client.message()).isEqualTo("in flight");
            api.post("/pub?topic=t", "queued").expectOk();
            api.post("/pub?topic=t&defer=60000", "deferred").expectOk();
            api.post("/channel/empty?topic=t&channel=c").expectEmpty();
            JsonNode channel = channel();
            assertThat(channel.get("depth").asInt()).isZero();
            assertThat(channel.get("in_flight_count").asInt()).isZero();
            assertThat(channel.get("deferred_count").asInt()).isZero();
            assertThat(channel.get("clients").get(0).get("in_flight_count").asInt()).isZero();
            api.post("/pub?topic=t", "next").expectOk();
            assertThat(client.message()).isEqualTo("next");
        }
    }

    @Test
    void aPausedChannelHoldsItsMessagesUntilItIsUnpaused() throws IOException {
        try (TestClient client = api.client()) {
            client.consume("t", "c", 1);
            api.post("/channel/pause?topic=t&channel=c").expectEmpty();
            api.post("/channel/pause?topic=t&channel=c").expectEmpty();
            api.post("/pub?topic=t", "m").expectOk();
            assertThat(channel().get("paused").asBoolean()).isTrue();
            assertThat(channel().get("depth").asInt()).isEqualTo(1);
            api.post("/channel/unpause?topic=t&channel=c").expectEmpty();
            assertThat(client.message()).isEqualTo("m");
            assertThat(channel().get("paused").asBoolean()).isFalse();
        }
    }
}
