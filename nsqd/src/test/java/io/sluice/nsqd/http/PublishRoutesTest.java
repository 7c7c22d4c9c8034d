package io.sluice.nsqd.http;

import static io.sluice.nsqd.http.RawHttp.head;
import static io.sluice.nsqd.http.TestApi.LIMITS;
import static io.sluice.nsqd.http.TestApi.MEM_QUEUE_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishRoutesTest {
    private static final String BIG_MESSAGE = "x".repeat(LIMITS.maxMessageSize() + 1);
    private static final String BIG_BODY = "x\n".repeat(LIMITS.maxBodySize() / 2) + "x";

    private final TestApi api = new TestApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aMessageReachesAConsumerByteForByte() throws IOException {
        try (TestClient client = api.client()) {
            client.consume("t", "c", 1);
            api.post("/pub?topic=t", "a\nb\r\n\0\u00ff").expectOk();
            assertThat(client.message()).isEqualTo("a\nb\r\n\0\u00ff");
        }
    }

    @Test
    void aMessageMayBeAsLongAsTheLimitAndNotLonger() throws IOException {
        api.post("/pub?topic=t", BIG_MESSAGE.substring(1)).expectOk();
        api.post("/pub?topic=t", BIG_MESSAGE).expectError(413, "MSG_TOO_BIG");
        assertThat(api.topic("t").get("message_count").asInt()).isEqualTo(1);
    }

    @Test
    void anOverlongMessageIsRefusedBeforeItHasCome() throws IOException {
        try (RawHttp http = new RawHttp(api.httpPort())) {
            http.send(head("POST", "/pub?topic=t", "Content-Length: 1000000000"));
            http.reply().expectError(413, "MSG_TOO_BIG");
        }
    }

    @Test
    void chunksCountTogether() throws IOException {
        try (RawHttp http = new RawHttp(api.httpPort())) {
            http.send(head("POST", "/pub?topic=t", "Transfer-Encoding: chunked"));
            http.send("1\r\na\r\n2\r\nbc\r\n0\r\n\r\n");
            http.reply().expectOk();
            http.send(head("POST", "/pub?topic=t", "Transfer-Encoding: chunked"));
            http.send("1\r\na\r\n40\r\n" + BIG_MESSAGE.substring(1) + "\r\n0\r\n\r\n");
            http.reply().expectError(413, "MSG_TOO_BIG");
        }
        assertThat(api.topic("t").get("message_bytes").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "/pub,                        MISSING_ARG_TOPIC",
        "/pub?Topic=t,                MISSING_ARG_TOPIC",
        "/pub?topic,                  INVALID_TOPIC",
        "/pub?topic=,                 INVALID_TOPIC",
        "/pub?topic=a%20b,            INVALID_TOPIC",
        "/pub?topic=a%23ephemerals,   INVALID_TOPIC",
        "/pub?topic=%zz,              INVALID_REQUEST",
        "/pub?topic=t&x=%zz,          INVALID_REQUEST",
        "/pub?topic=t;x=1,            INVALID_REQUEST",
        "/pub?topic=t&defer=,         INVALID_DEFER",
        "/pub?topic=t&defer=1.5,      INVALID_DEFER",
        "/pub?topic=t&defer=1s,       INVALID_DEFER",
        "/pub?topic=t&defer=-1,       INVALID_DEFER",
        "/pub?topic=t&defer=60001,    INVALID_DEFER",
        "/pub?topic=t&defer=9223372036854775808, INVALID_DEFER",
        "/mpub,                       MISSING_ARG_TOPIC",
        "/mpub?topic=a%20b,           INVALID_TOPIC",
        "/mpub?topic=t&x=%zz,         INVALID_REQUEST"
    })
    void aBadQueryIsRefused(String target, String code) throws IOException {
        api.post(target, "m").expectError(400, code);
        assertThat(api.stats("").get("topics")).isEmpty();
    }

    @Test
    void anEmptyMessageIsRefusedWhateverElseIsWrong() throws IOException {
        api.post("/pub?topic=t").expectError(400, "MSG_EMPTY");
        api.post("/pub").expectError(400, "MSG_EMPTY");
        api.post("/pub?topic=%zz").expectError(400, "MSG_EMPTY");
    }

    @Test
    void theFirstOfSeveralTopicsIsTaken() throws IOException {
        api.post("/pub?topic=first&topic=second", "m").expectOk();
        assertThat(api.stats("").get("topics")).hasSize(1);
        assertThat(api.topic("first").get("message_count").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "60000"})
    void aDeferredMessageWaitsInItsChannel(String defer) throws IOException {
        api.post("/topic/create?topic=t").expectEmpty();
        api.post("/channel/create?topic=t&channel=c").expectEmpty();
        api.post("/pub?topic=t&defer=" + defer, "m").expectOk();
        try (TestClient client = api.client()) {
            if (defer.equals("1")) {
                client.consume("t", "c", 1);
                assertThat(client.message()).isEqualTo("m");
            } else {
                JsonNode channel = api.topic("t").get("channels").get(0);
                assertThat(channel.get("deferred_count").asInt()).isEqualTo(1);
                assertThat(channel.get("depth").asInt()).isZero();
            }
        }
    }

    @Test
    void aDelayOfZeroIsNone() throws IOException {
        api.post("/pub?topic=t&defer=0", "m").expectOk();
        api.post("/channel/create?topic=t&channel=c").expectEmpty();
        JsonNode channel = api.topic("t").get("channels").get(0);
        assertThat(channel.get("depth").asInt()).isEqualTo(1);
    }

    @Test
    void whatMemoryHasNoRoomForIsInTheLog() throws IOException {
        api.post("/mpub?topic=t", "m\n".repeat(MEM_QUEUE_SIZE + 2)).expectOk();
        assertThat(api.topic("t").get("depth").asInt()).isEqualTo(MEM_QUEUE_SIZE + 2);
        assertThat(api.topic("t").get("backend_depth").asInt()).isEqualTo(2);
        try (TestClient client = api.client()) {
            client.consume("t", "c", MEM_QUEUE_SIZE + 2);
            for (int i = 0; i < MEM_QUEUE_SIZE + 2; i++) {
                assertThat(client.message()).isEqualTo("m");
            }
        }
    }

    @Test
    void whatTheLogRefusesIsRefusedAsAWhole() throws IOException {
        api.post("/mpub?topic=t", "m\n".repeat(MEM_QUEUE_SIZE - 1)).expectOk();
        api.refuse("t", "disk full");
        api.post("/mpub?topic=t", "m\nm").expectError(503, "EXITING");
        api.post("/pub?topic=t&durability=os", "m").expectError(503, "EXITING");
        api.post("/pub?topic=t", "m").expectOk();
        api.post("/pub?topic=t", "m").expectError(503, "EXITING");
        api.post("/pub?topic=t&defer=1", "m").expectError(503, "EXITING");
        assertThat(api.topic("t").get("depth").asInt()).isEqualTo(MEM_QUEUE_SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mem", "os", "fsync"})
    void aMessageIsAcknowledgedWhenItIsAsDurableAsWasAskedFor(String durability)
            throws IOException {
        api.post("/pub?topic=t&durability=" + durability, "m").expectOk();
        api.post("/mpub?topic=t&durability=" + durability, "m\nm").expectOk();
        assertThat(api.topic("t").get("depth").asInt()).isEqualTo(3);
        assertThat(api.topic("t").get("disk_bytes").asInt() > 0)
                .isEqualTo(!durability.equals("mem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&binary=false", "&binary=0", "&defer=nonsense"})
    void aBatchIsTextUnlessSaidOtherwise(String query) throws IOException {
        api.post("/mpub?topic=t" + query, "\0\0\0\1\n\0\0\0\1a\n").expectOk();
        assertThat(api.topic("t").get("message_count").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "", "TRUE", "no"})
    void anyOtherValueMeansBinary(String binary) throws IOException {
        api.post("/mpub?topic=t&binary=" + binary, "\0\0\0\1\0\0\0\3a\nb").expectOk();
        assertThat(api.topic("t").get("message_count").asInt()).isEqualTo(1);
    }

    @Test
    void anEmptyBatchOfTextIsFineAndMakesTheTopic() throws IOException {
        api.post("/mpub?topic=t", "\n\n").expectOk();
        assertThat(api.topic("t").get("message_count").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"'',BAD_BODY", "'\0\0\0\1\0\0\0\2a',BAD_MESSAGE"})
    void aBadBatchPublishesNothingButMakesTheTopic(String body, String code) throws IOException {
        api.post("/mpub?topic=t&binary=true", body).expectError(413, code);
        assertThat(api.topic("t").get("message_count").asInt()).isZero();
    }

    @Test
    void anOverlongLinePublishesNothing() throws IOException {
        api.post("/mpub?topic=t", "ok\n" + BIG_MESSAGE).expectError(413, "MSG_TOO_BIG");
        assertThat(api.topic("t").get("message_count").asInt()).isZero();
    }

    @Test
    void anOverlongBatchIsRefusedBeforeItsTopicIsLookedAt() throws IOException {
        api.post("/mpub", BIG_BODY).expectError(413, "BODY_TOO_BIG");
        try (RawHttp http = new RawHttp(api.httpPort())) {
            http.send(head("POST", "/mpub?topic=t", "Transfer-Encoding: chunked"));
            http.send("101\r\n" + BIG_BODY + "\r\n0\r\n\r\n");
            http.reply().expectError(413, "BODY_TOO_BIG");
        }
        assertThat(api.stats("").get("topics")).isEmpty();
    }

    @Test
    void aClientThatLeavesInTheMiddleHarmsNobody() throws IOException {
        try (RawHttp http = new RawHttp(api.httpPort())) {
            http.send(head("POST", "/pub?topic=t", "Content-Length: 10") + "half");
        }
        api.post("/pub?topic=t", "whole").expectOk();
        assertThat(api.topic("t").get("message_count").asInt()).isEqualTo(1);
    }
}
