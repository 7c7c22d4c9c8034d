package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Running;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two queue daemons, a lookup node, and what is seen and done of them through nsqadmin. */
class ClusterTest {
    private static final Daemons DAEMONS = new Daemons();

    @TempDir static Path folder;

    private static HostAndPort admin;
    private static HostAndPort lookup;
    private static HostAndPort one;
    private static HostAndPort two;

    @BeforeAll
    static void start() throws IOException {
        Running lookupd = DAEMONS.lookupd();
        lookup = lookupd.http();
        one = DAEMONS.nsqd(Files.createDirectory(folder.resolve("one")), lookupd).http();
        two = DAEMONS.nsqd(Files.createDirectory(folder.resolve("two")), lookupd).http();
        admin = DAEMONS.admin("--lookupd-http-address=" + lookup);
        Http.await(admin, "/api/nodes", nodes -> nodes.at("/nodes").size() == 2);
    }

    @AfterAll
    static void stop() {
        DAEMONS.stop();
    }

    /** A topic of both daemons with a channel, known to the lookup node. */
    private static void topic(String name) {
        for (HostAndPort nsqd : new HostAndPort[] {one, two}) {
            Http.post(nsqd, "/topic/create?topic=" + name, "");
            Http.post(nsqd, "/channel/create?topic=" + name + "&channel=c", "");
            Http.post(nsqd, "/pub?topic=" + name, "m");
        }
        String path = "/api/topics/" + name;
        Http.await(admin, path, topic -> topic.at("/channels/0/depth").asLong() == 2);
    }

    private static JsonNode topicOn(HostAndPort nsqd, String name) {
        return Http.json(nsqd, "/stats?format=json&topic=" + name).at("/topics/0");
    }

    private static String done(String method, String path, String body) {
        HttpResponse<String> response = Http.request(method, admin, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @Test
    void aTopicHasTheFormThatScriptsKnow() {
        topic("form");
        JsonNode topic = Http.json(admin, "/api/topics/form");
        assertThat(topic.fieldNames())
                .toIterable()
                .containsExactly(
                        "node",
                        "hostname",
                        "topic_name",
                        "depth",
                        "memory_depth",
                        "backend_depth",
                        "message_count",
                        "delivery_msg_count",
                        "nodes",
                        "channels",
                        "paused",
                        "e2e_processing_latency",
                        "message");
        assertThat(topic.at("/message_count").asLong()).isEqualTo(2);
        assertThat(topic.at("/nodes")).hasSize(2);
        assertThat(topic.at("/nodes/0/channels/0/depth").asLong()).isEqualTo(1);
        JsonNode channel = Http.json(admin, "/api/topics/form/c");
        assertThat(channel.at("/depth").asLong()).isEqualTo(2);
        assertThat(channel.at("/nodes/1/node").textValue()).isIn(one.toString(), two.toString());
        JsonNode node = Http.json(admin, "/api/nodes/" + one);
        assertThat(node.at("/total_messages").asLong()).isPositive();
        assertThat(Http.json(admin, "/api/counter").at("/stats").has("form:c:" + one)).isTrue();
        assertThat(Http.get(admin, "/api/topics/unknown").statusCode()).isEqualTo(502);
        assertThat(Http.get(admin, "/api/topics/form/unknown").statusCode()).isEqualTo(502);
        assertThat(Http.get(admin, "/api/nodes/unknown:1").statusCode()).isEqualTo(404);
    }

    @Test
    void whatScriptsDoIsDoneOnEveryDaemon() {
        topic("acts");
        assertThat(done("POST", "/api/topics/acts", "{\"action\":\"pause\"}"))
                .isEqualTo("{\"message\":\"\"}");
        assertThat(topicOn(one, "acts").at("/paused").asBoolean()).isTrue();
        assertThat(topicOn(two, "acts").at("/paused").asBoolean()).isTrue();
        done("POST", "/api/topics/acts/c", "{\"action\":\"pause\"}");
        assertThat(topicOn(two, "acts").at("/channels/0/paused").asBoolean()).isTrue();
        done("POST", "/api/topics/acts/c", "{\"action\":\"unpause\"}");
        assertThat(topicOn(two, "acts").at("/channels/0/paused").asBoolean()).isFalse();
        done("POST", "/api/topics/acts/c", "{\"action\":\"empty\"}");
        assertThat(topicOn(one, "acts").at("/channels/0/depth").asLong()).isZero();
        done("DELETE", "/api/topics/acts/c", "");
        assertThat(topicOn(one, "acts").at("/channels")).isEmpty();
        done("DELETE", "/api/topics/acts", "");
        assertThat(Http.json(one, "/stats?format=json&topic=acts").at("/topics")).isEmpty();
        assertThat(Http.json(lookup, "/topics").toString()).doesNotContain("acts");
        assertThat(Http.request("DELETE", admin, "/api/topics/acts", "").statusCode())
                .isEqualTo(502);
        HttpResponse<String> bad =
                Http.request("POST", admin, "/api/topics/acts", "{\"action\":\"burn\"}");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("INVALID_ACTION");
    }

    @Test
    void aTombstoneHidesAndDeletesOnOneDaemon() {
        topic("hidden");
        done("DELETE", "/api/nodes/" + one, "{\"topic\":\"hidden\"}");
        assertThat(Http.json(one, "/stats?format=json&topic=hidden").at("/topics")).isEmpty();
        assertThat(topicOn(two, "hidden").at("/message_count").asLong()).isEqualTo(1);
        assertThat(Http.request("DELETE", admin, "/api/nodes/" + one, "x").body())
                .contains("INVALID_BODY");
    }

    @Test
    void whatLookupNodesAloneKnowIsInactive() {
        done("POST", "/api/topics", "{\"topic\":\"idle\",\"channel\":\"c\"}");
        JsonNode inactive =
                Http.await(
                        admin,
                        "/api/topics?inactive=true",
                        answer -> answer.at("/topics").has("idle"));
        assertThat(inactive.at("/topics/idle").toString()).isEqualTo("[\"c\"]");
        done("DELETE", "/api/topics/idle", "");
        assertThat(Http.json(lookup, "/topics").toString()).doesNotContain("idle");
    }

    @Test
    void aViewIsSentWholeAndThenAsItChanges() throws IOException {
        topic("live");
        URI uri = URI.create("http://" + admin + "/api/v2/live?view=channel&topic=live&channel=c");
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(uri.toURL().openStream()))) {
            JsonNode tree = event(in, "tree");
            assertThat(tree.at("/sum/depth").asLong()).isEqualTo(2);
            done("POST", "/api/v2/publish?topic=live", "m");
            JsonNode patch = event(in, "patch");
            while (!patch.at("/sum").has("depth")) patch = event(in, "patch");
            assertThat(patch.at("/sum/depth").asLong()).isEqualTo(3);
        }
        assertThat(Http.get(admin, "/api/v2/live?view=nope").statusCode()).isEqualTo(400);
    }

    private static JsonNode event(BufferedReader in, String name) throws IOException {
        String line = in.readLine();
        while (!line.equals("event: " + name)) line = in.readLine();
        return Http.tree(in.readLine().substring("data: ".length()));
    }

    @Test
    void thePageActsAndIsToldOfEachDaemon() {
        String create = "{\"action\":\"create_topic\",\"topic\":\"page\",\"node\":\"*\"}";
        JsonNode made = Http.tree(done("POST", "/api/v2/actions", create));
        assertThat(made.at("/asked").asInt()).isEqualTo(3);
        assertThat(made.at("/done").asInt()).isEqualTo(3);
        done("POST", "/api/v2/publish?topic=page&node=" + two, "hello");
        assertThat(topicOn(two, "page").at("/message_count").asLong()).isEqualTo(1);
        assertThat(topicOn(one, "page").at("/message_count").asLong()).isZero();
        String pause = "{\"action\":\"pause_topic\",\"topic\":\"page\",\"node\":\"" + one + "\"}";
        done("POST", "/api/v2/actions", pause);
        assertThat(topicOn(one, "page").at("/paused").asBoolean()).isTrue();
        assertThat(topicOn(two, "page").at("/paused").asBoolean()).isFalse();
        JsonNode entries = Http.json(admin, "/api/v2/view?view=activity").at("/entries");
        assertThat(entries.findValuesAsText("action"))
                .contains("create_topic", "publish", "pause_topic");
        assertThat(Http.get(admin, "/api/v2/peek?topic=page&channel=c").statusCode())
                .isEqualTo(404);
    }

    @Test
    void messagesAreMovedToAnotherTopicOnEachDaemon() {
        topic("jam");
        Http.post(one, "/mpub?topic=jam", "b\nc");
        String move = "{\"action\":\"move_channel\",\"topic\":\"jam\",\"channel\":\"c\",";
        JsonNode moved =
                Http.tree(done("POST", "/api/v2/actions", move + "\"to\":\"again\",\"count\":2}"));
        assertThat(moved.at("/done").asInt()).isEqualTo(2);
        assertThat(moved.at("/results").findValuesAsText("messages"))
                .containsExactlyInAnyOrder("2", "1");
        assertThat(topicOn(one, "jam").at("/channels/0/depth").asLong()).isEqualTo(1);
        assertThat(topicOn(two, "jam").at("/channels/0/depth").asLong()).isZero();
        assertThat(topicOn(one, "again").at("/depth").asLong()).isEqualTo(2);
        assertThat(topicOn(two, "again").at("/depth").asLong()).isEqualTo(1);
        JsonNode entry = lastEntry();
        assertThat(entry.at("/to").textValue()).isEqualTo("again");
        assertThat(entry.at("/messages").asLong()).isEqualTo(3);
        for (String bad : List.of("\"to\":\"jam\"}", "\"to\":\"a b\"}", "\"node\":\"\"}")) {
            assertThat(refusal(move + bad)).startsWith("INVALID_TO");
        }
        for (String bad : List.of("0", "10001", "1.5", "\"1\"")) {
            assertThat(refusal(move + "\"to\":\"again\",\"count\":" + bad + "}"))
                    .isEqualTo("INVALID_COUNT: 1 to 10000");
        }
    }

    @Test
    void deferredMessagesAreRequeuedOnEachDaemon() {
        topic("later");
        Http.post(one, "/pub?topic=later&defer=3600000", "m");
        String requeue = "{\"action\":\"requeue_channel\",\"topic\":\"later\",\"channel\":\"c\"}";
        JsonNode done = Http.tree(done("POST", "/api/v2/actions", requeue));
        assertThat(done.at("/done").asInt()).isEqualTo(2);
        assertThat(done.at("/results").findValuesAsText("messages")).containsExactly("1");
        assertThat(topicOn(one, "later").at("/channels/0/depth").asLong()).isEqualTo(2);
        assertThat(topicOn(one, "later").at("/channels/0/deferred_count").asLong()).isZero();
        assertThat(topicOn(two, "later").at("/channels/0/depth").asLong()).isEqualTo(1);
        assertThat(lastEntry().at("/messages").asLong()).isEqualTo(1);
    }

    @Test
    void aFieldIsRefusedByAnActionThatDoesNotUseIt() {
        topic("fields");
        String of = ",\"topic\":\"fields\",\"channel\":\"c\",";
        String requeue = "{\"action\":\"requeue_channel\"" + of;
        String empty = "{\"action\":\"empty_channel\"" + of;
        assertThat(refusal(requeue + "\"to\":\"again\"}"))
                .isEqualTo("INVALID_TO: only of move_channel, not of requeue_channel");
        assertThat(refusal(empty + "\"to\":\"\"}"))
                .isEqualTo("INVALID_TO: only of move_channel, not of empty_channel");
        assertThat(refusal(empty + "\"count\":1}"))
                .isEqualTo(
                        "INVALID_COUNT: only of requeue_channel and move_channel,"
                                + " not of empty_channel");
        assertThat(topicOn(one, "fields").at("/channels/0/depth").asLong()).isEqualTo(1);
        done("POST", "/api/v2/actions", empty + "\"to\":null,\"count\":null}");
        assertThat(topicOn(one, "fields").at("/channels/0/depth").asLong()).isZero();
    }

    private static JsonNode lastEntry() {
        JsonNode last = null;
        for (JsonNode one : Http.json(admin, "/api/v2/view?view=activity").at("/entries")) {
            last = one;
        }
        return last;
    }

    private static String refusal(String action) {
        HttpResponse<String> answer = Http.request("POST", admin, "/api/v2/actions", action);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return Http.tree(answer.body()).at("/message").textValue();
    }
}
