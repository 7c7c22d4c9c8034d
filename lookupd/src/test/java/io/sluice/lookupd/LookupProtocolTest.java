package io.sluice.lookupd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The TCP side, by socket. Holds for NSQ's nsqlookupd too: see {@link RunningLookupd}. */
class LookupProtocolTest {
    private static final String WHOLE =
            "{\"broadcast_address\":\"b\",\"tcp_port\":1,\"http_port\":2,\"version\":\"v\"}";

    private static RunningLookupd lookupd;

    @BeforeAll
    static void start() {
        lookupd = RunningLookupd.any();
    }

    @AfterAll
    static void stop() {
        lookupd.close();
    }

    @Test
    void identifyIsAnsweredWithWhoTheDaemonIs() throws IOException {
        try (Peer peer = lookupd.connect().send("  V1")) {
            JsonNode answer = new ObjectMapper().readTree(peer.identify(WHOLE));
            assertThat(answer.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "broadcast_address", "hostname", "http_port", "tcp_port", "version");
            assertThat(answer.get("broadcast_address").textValue()).isEqualTo("127.0.0.1");
            assertThat(answer.get("hostname").textValue()).isNotEmpty();
            assertThat(answer.get("tcp_port").intValue()).isEqualTo(lookupd.tcp().port());
            assertThat(answer.get("http_port").intValue()).isEqualTo(lookupd.http().port());
            assertThat(answer.get("version").textValue()).startsWith("1.3.0");
        }
    }

    @Test
    void commandsAreAnsweredInOrderHoweverTheyArrive() throws IOException {
        try (Peer peer = lookupd.connect()) {
            for (char c : "  V1PING\nPING\r\n \tPING \n".toCharArray()) {
                peer.send(String.valueOf(c));
            }
            for (int i = 0; i < 3; i++) assertThat(peer.answer()).isEqualTo("OK");
            peer.identify(WHOLE);
            peer.send("PING\nREGISTER in_one_go\nREGISTER in_one_go c\nPING\nNOPE\n");
            for (int i = 0; i < 4; i++) assertThat(peer.answer()).isEqualTo("OK");
            peer.assertLastAnswer("E_INVALID invalid command NOPE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"  V2", "GET ", "PING"})
    void anotherProtocolIsRefused(String magic) throws IOException {
        try (Peer peer = lookupd.connect().send(magic)) {
            peer.assertLastAnswer("E_BAD_PROTOCOL");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NOPE, E_INVALID invalid command NOPE",
        "ping, E_INVALID invalid command ping",
        "'', 'E_INVALID invalid command '",
        "REGISTER t, E_INVALID client must IDENTIFY",
        "REGISTER, E_INVALID client must IDENTIFY",
        "UNREGISTER b@d, E_INVALID client must IDENTIFY"
    })
    void errorsBeforeIdentify(String line, String error) throws IOException {
        try (Peer peer = lookupd.connect().send("  V1" + line + "\n")) {
            peer.assertLastAnswer(error);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IDENTIFY, E_INVALID cannot IDENTIFY again",
        "REGISTER, E_INVALID REGISTER insufficient number of params",
        "UNREGISTER, E_INVALID UNREGISTER insufficient number of params",
        "REGISTER b@d, E_BAD_TOPIC REGISTER topic name 'b@d' is not valid",
        "REGISTER  t, E_BAD_TOPIC REGISTER topic name '' is not valid",
        "UNREGISTER b@d c, E_BAD_TOPIC UNREGISTER topic name 'b@d' is not valid",
        "REGISTER t b@d, E_BAD_CHANNEL REGISTER channel name 'b@d' is not valid",
        "UNREGISTER t b@d, E_BAD_CHANNEL UNREGISTER channel name 'b@d' is not valid"
    })
    void errorsAfterIdentify(String line, String error) throws IOException {
        try (Peer peer = lookupd.connect().introduce("10.9.9.9").send(line + "\n")) {
            peer.assertLastAnswer(error);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|IDENTIFY failed to decode JSON body",
                "{|IDENTIFY failed to decode JSON body",
                "[]|IDENTIFY failed to decode JSON body",
                "{} x|IDENTIFY failed to decode JSON body",
                "{\"tcp_port\":\"1\"}|IDENTIFY failed to decode JSON body",
                "{\"version\":1}|IDENTIFY failed to decode JSON body",
                "{\"tcp_port\":1.5}|IDENTIFY failed to decode JSON body",
                "{}|IDENTIFY missing fields",
                "null|IDENTIFY missing fields",
                "{\"tcp_port\":1,\"http_port\":2,\"version\":\"v\"}|IDENTIFY missing fields",
                "{\"broadcast_address\":\"b\",\"tcp_port\":0,\"http_port\":2,\"version\":\"v\"}"
                        + "|IDENTIFY missing fields",
                "{\"broadcast_address\":\"b\",\"tcp_port\":1,\"http_port\":2,\"version\":\"\"}"
                        + "|IDENTIFY missing fields"
            })
    void badIdentities(String json, String error) throws IOException {
        try (Peer peer = lookupd.connect().send("  V1")) {
            assertThat(peer.identify(json)).isEqualTo("E_BAD_BODY " + error);
            peer.assertEnd();
        }
    }

    @Test
    void theEndOfAConnectionIsSeenAtOnceAndReconnectsLeaveNothing() throws Exception {
        String topic = "reconnects-" + System.nanoTime();
        String last = null;
        for (int i = 0; i < 100; i++) {
            try (Peer peer = lookupd.connect().introduce("10.1.1.1")) {
                last = peer.address();
                peer.tell("REGISTER " + topic + " c").tell("REGISTER " + topic);
            }
        }
        try (Peer peer = lookupd.connect().introduce("10.1.1.1")) {
            peer.tell("REGISTER " + topic);
            JsonNode producers =
                    Eventually.get(
                            () -> lookupd.get("/lookup?topic=" + topic).get("producers"),
                            found -> found.size() == 1);
            assertThat(producers.get(0).get("remote_address").textValue())
                    .isEqualTo(peer.address())
                    .isNotEqualTo(last);
        }
        Eventually.get(
                () -> lookupd.get("/lookup?topic=" + topic).get("producers"),
                found -> found.isEmpty());
        assertThat(lookupd.get("/channels?topic=" + topic).toString())
                .isEqualTo("{\"channels\":[\"c\"]}");
    }
}
