package io.sluice.lookupd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP side. Holds for NSQ's nsqlookupd too: see {@link RunningLookupd}. */
class LookupHttpTest {
    /** Newer than NSQ 1.3.0, whose nsqlookupd leaves it out. */
    private static final String TOPOLOGY = ",\"topology_zone\":\"z1\",\"topology_region\":\"r1\"";

    private static RunningLookupd lookupd;

    private final String topic = "t-" + System.nanoTime();

    @BeforeAll
    static void start() {
        lookupd = RunningLookupd.any();
    }

    @AfterAll
    static void stop() {
        lookupd.close();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    private JsonNode node(Peer peer) throws IOException {
        for (JsonNode node : lookupd.get("/nodes").get("producers")) {
            if (node.get("remote_address").textValue().equals(peer.address())) return node;
        }
        throw new AssertionError("no node " + peer.address());
    }

    private List<String> producers() throws IOException {
        return lookupd.get("/lookup?topic=" + topic)
                .get("producers")
                .findValuesAsText("broadcast_address");
    }

    @Test
    void aLookupHasChannelsAndProducers() throws IOException {
        try (Peer peer = lookupd.connect().introduce("10.0.0.1")) {
            peer.tell("REGISTER " + topic + " c1");
            HttpResponse<String> response = lookupd.request("GET", "/lookup?topic=" + topic);
            assertThat(response.body().replace(TOPOLOGY, ""))
                    .isEqualTo(
                            "{\"channels\":[\"c1\"],\"producers\":[{\"remote_address\":\""
                                    + peer.address()
                                    + "\",\"hostname\":\"h-10.0.0.1\","
                                    + "\"broadcast_address\":\"10.0.0.1\",\"tcp_port\":4150,"
                                    + "\"http_port\":4151,\"version\":\"1.3.0\"}]}");
            assertThat(response.headers().firstValue("X-NSQ-Content-Type"))
                    .contains("nsq; version=1.0");
            assertThat(response.headers().firstValue("Content-Type"))
                    .contains("application/json; charset=utf-8");
        }
    }

    @Test
    void whereADaemonStandsIsToldBehindItsVersion() throws IOException {
        try (RunningLookupd own = RunningLookupd.own();
                Peer peer = own.connect().introduce("10.0.0.1").tell("REGISTER " + topic)) {
            String told = ",\"version\":\"1.3.0\"" + TOPOLOGY;
            assertThat(own.get("/lookup?topic=" + topic).toString()).endsWith(told + "}]}");
            assertThat(own.get("/nodes").toString()).contains(told + ",\"tombstones\":");
            JsonNode debug = own.get("/debug").get("client::").get(0);
            assertThat(debug.get("id").textValue()).isEqualTo(peer.address());
            assertThat(debug.toString())
                    .contains(",\"topology_region\":\"r1\",\"topology_zone\":\"z1\",\"version\":");
        }
    }

    @Test
    void nodesHaveTheirTopics() throws IOException {
        try (Peer peer = lookupd.connect().introduce("10.0.0.2")) {
            assertThat(node(peer).toString().replace(TOPOLOGY, ""))
                    .endsWith(",\"version\":\"1.3.0\",\"tombstones\":[],\"topics\":[]}");
            peer.tell("REGISTER " + topic).tell("REGISTER " + topic + "-2 c");
            JsonNode node = node(peer);
            assertThat(texts(node.get("topics"))).containsExactlyInAnyOrder(topic, topic + "-2");
            assertThat(texts(node.get("tombstones"))).containsExactly("false", "false");
        }
    }

    @Test
    void topicsAndChannelsAreListed() throws IOException {
        lookupd.post("/topic/create?topic=" + topic);
        lookupd.post("/topic/create?topic=" + topic);
        assertThat(texts(lookupd.get("/topics").get("topics"))).contains(topic);
        assertThat(lookupd.get("/lookup?topic=" + topic).toString())
                .isEqualTo("{\"channels\":[],\"producers\":[]}");
        lookupd.post("/channel/create?topic=" + topic + "&channel=c1");
        assertThat(lookupd.get("/channels?topic=" + topic).toString())
                .isEqualTo("{\"channels\":[\"c1\"]}");
        lookupd.post("/channel/delete?topic=" + topic + "&channel=c1");
        assertThat(lookupd.get("/channels?topic=" + topic).toString())
                .isEqualTo("{\"channels\":[]}");
        lookupd.post("/topic/delete?topic=" + topic);
        assertThat(texts(lookupd.get("/topics").get("topics"))).doesNotContain(topic);
    }

    @Test
    void aChannelMakesItsTopic() throws IOException {
        lookupd.post("/channel/create?topic=" + topic + "&channel=c1");
        assertThat(texts(lookupd.get("/topics").get("topics"))).contains(topic);
    }

    @Test
    void aDeletedTopicIsForgottenButNotItsNode() throws IOException {
        try (Peer peer = lookupd.connect().introduce("10.0.0.3").tell("REGISTER " + topic + " c")) {
            lookupd.post("/topic/delete?topic=" + topic);
            assertThat(lookupd.request("GET", "/lookup?topic=" + topic).statusCode())
                    .isEqualTo(404);
            assertThat(texts(node(peer).get("topics"))).isEmpty();
            peer.tell("REGISTER " + topic);
            assertThat(producers()).containsExactly("10.0.0.3");
            assertThat(lookupd.get("/channels?topic=" + topic).toString())
                    .isEqualTo("{\"channels\":[]}");
        }
    }

    @Test
    void whatIsUnregisteredStaysKnownByName() throws IOException {
        try (Peer peer = lookupd.connect().introduce("10.0.0.4")) {
            peer.tell("REGISTER " + topic + " c1").tell("REGISTER " + topic + " c2#ephemeral");
            peer.tell("UNREGISTER " + topic + " c1").tell("UNREGISTER " + topic + " c2#ephemeral");
            assertThat(lookupd.get("/channels?topic=" + topic).toString())
                    .isEqualTo("{\"channels\":[\"c1\"]}");
            assertThat(producers()).containsExactly("10.0.0.4");
            peer.tell("UNREGISTER " + topic).tell("UNREGISTER nobody-knows-it");
            assertThat(producers()).isEmpty();
        }
    }

    @Test
    void anEphemeralTopicGoesWithItsLastProducerOnlyWhenThatSaysSo() throws Exception {
        String fleeting = topic + "#ephemeral";
        String lookup = "/lookup?topic=" + topic + "%23ephemeral";
        try (Peer peer = lookupd.connect().introduce("10.0.0.5").tell("REGISTER " + fleeting)) {
            assertThat(lookupd.get(lookup).get("producers")).hasSize(1);
            peer.tell("UNREGISTER " + fleeting);
            assertThat(lookupd.request("GET", lookup).statusCode()).isEqualTo(404);
            peer.tell("REGISTER " + fleeting);
        }
        Eventually.get(
                () -> lookupd.get(lookup).get("producers"), producers -> producers.isEmpty());
    }

    @Test
    void aTombstoneHidesANodeFromLookups() throws IOException {
        try (Peer hidden = lookupd.connect().introduce("10.0.0.6").tell("REGISTER " + topic);
                Peer shown = lookupd.connect().introduce("10.0.0.7").tell("REGISTER " + topic)) {
            lookupd.post("/topic/tombstone?topic=" + topic + "&node=10.0.0.6:4151");
            lookupd.post("/topic/tombstone?topic=" + topic + "&node=10.0.0.7:4150");
            lookupd.post("/topic/tombstone?topic=unknown&node=10.0.0.7:4151");
            assertThat(producers()).containsExactly("10.0.0.7");
            assertThat(texts(node(hidden).get("tombstones"))).containsExactly("true");
            assertThat(texts(node(shown).get("tombstones"))).containsExactly("false");
            hidden.tell("REGISTER " + topic);
            assertThat(producers()).containsExactly("10.0.0.7");
            hidden.tell("UNREGISTER " + topic).tell("REGISTER " + topic);
            assertThat(producers()).containsExactlyInAnyOrder("10.0.0.6", "10.0.0.7");
        }
    }

    @Test
    void debugShowsEveryKeyWithItsProducers() throws IOException {
        lookupd.post("/topic/create?topic=" + topic + "-empty");
        try (Peer peer = lookupd.connect().introduce("10.0.0.8").tell("REGISTER " + topic + " c")) {
            lookupd.post("/topic/tombstone?topic=" + topic + "&node=10.0.0.8:4151");
            JsonNode debug = lookupd.get("/debug");
            assertThat(debug.get("client::").findValuesAsText("id")).contains(peer.address());
            JsonNode entry = debug.get("topic:" + topic + ":").get(0);
            ((ObjectNode) entry).remove(List.of("topology_region", "topology_zone"));
            assertThat(entry.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "broadcast_address",
                            "hostname",
                            "http_port",
                            "id",
                            "last_update",
                            "tcp_port",
                            "tombstoned",
                            "tombstoned_at",
                            "version");
            assertThat(entry.get("tombstoned").booleanValue()).isTrue();
            assertThat(entry.get("tombstoned_at").longValue())
                    .isGreaterThan(entry.get("last_update").longValue());
            JsonNode channel = debug.get("channel:" + topic + ":c").get(0);
            assertThat(channel.get("id").textValue()).isEqualTo(peer.address());
            assertThat(channel.get("tombstoned").booleanValue()).isFalse();
            assertThat(debug.get("topic:" + topic + "-empty:")).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /lookup, 400, MISSING_ARG_TOPIC",
        "GET, /lookup?topic=, 404, TOPIC_NOT_FOUND",
        "GET, /lookup?topic=nobody-knows-it, 404, TOPIC_NOT_FOUND",
        "GET, /lookup?topic=b@d, 404, TOPIC_NOT_FOUND",
        "GET, /lookup?topic=%zz, 400, INVALID_REQUEST",
        "GET, /channels, 400, MISSING_ARG_TOPIC",
        "POST, /topic/create, 400, MISSING_ARG_TOPIC",
        "POST, /topic/create?topic=, 400, INVALID_ARG_TOPIC",
        "POST, /topic/create?topic=b@d, 400, INVALID_ARG_TOPIC",
        "POST, /topic/delete, 400, MISSING_ARG_TOPIC",
        "POST, /topic/tombstone?node=a:1, 400, MISSING_ARG_TOPIC",
        "POST, /topic/tombstone?topic=t, 400, MISSING_ARG_NODE",
        "POST, /channel/create?channel=c, 400, MISSING_ARG_TOPIC",
        "POST, /channel/create?topic=b@d, 400, INVALID_ARG_TOPIC",
        "POST, /channel/create?topic=t, 400, MISSING_ARG_CHANNEL",
        "POST, /channel/create?topic=t&channel=b@d, 400, INVALID_ARG_CHANNEL",
        "POST, /channel/delete?topic=t, 400, MISSING_ARG_CHANNEL",
        "POST, /channel/delete?topic=nobody-knows-it&channel=c, 404, CHANNEL_NOT_FOUND",
        "GET, /nope, 404, NOT_FOUND",
        "GET, /topic/create, 405, METHOD_NOT_ALLOWED",
        "POST, /lookup?topic=t, 405, METHOD_NOT_ALLOWED"
    })
    void errors(String method, String uri, int status, String code) throws IOException {
        String answer = Peer.http(lookupd.http(), method, uri);
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("\r\nX-NSQ-Content-Type: nsq; version=1.0\r\n")
                .endsWith("\r\n\r\n{\"message\":\"" + code + "\"}");
    }

    @Test
    void unknownTopicsHaveNoChannels() throws IOException {
        assertThat(lookupd.get("/channels?topic=nobody-knows-it").toString())
                .isEqualTo("{\"channels\":[]}");
        assertThat(lookupd.get("/channels?topic=b@d").toString()).isEqualTo("{\"channels\":[]}");
        lookupd.post("/topic/delete?topic=nobody-knows-it");
        lookupd.post("/topic/delete?topic=b@d");
        lookupd.post("/topic/tombstone?topic=b@d&node=a:1");
    }

    @Test
    void pingAndInfo() throws IOException {
        HttpResponse<String> ping = lookupd.request("GET", "/ping");
        assertThat(ping.body()).isEqualTo("OK");
        assertThat(ping.headers().firstValue("X-NSQ-Content-Type")).isEmpty();
        assertThat(lookupd.get("/info").get("version").textValue()).startsWith("1.3.0");
    }
}
