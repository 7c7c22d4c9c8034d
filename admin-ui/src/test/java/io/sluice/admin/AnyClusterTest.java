package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Running;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is done and shown here is so on the daemons themselves: ours, or with {@code
 * -Dnsqlookupd.http=HOST:PORT} whatever has registered there.
 */
class AnyClusterTest {
    private static final String TOPIC = "any" + System.nanoTime() % 1_000_000_000;
    private static final String OTHER = TOPIC + "-other";
    private static final Daemons DAEMONS = new Daemons();

    @TempDir static Path one;
    @TempDir static Path two;

    private static HostAndPort admin;
    private static final List<HostAndPort> NODES = new ArrayList<>();

    @BeforeAll
    static void start() {
        String given = System.getProperty("nsqlookupd.http");
        admin = DAEMONS.admin("--lookupd-http-address=" + (given == null ? ours() : given));
        JsonNode nodes = Http.await(admin, "/api/nodes", all -> all.path("nodes").size() >= 2);
        for (JsonNode node : nodes.path("nodes")) {
            String host = node.path("broadcast_address").asText();
            NODES.add(new HostAndPort(host, node.path("http_port").asInt()));
        }
    }

    private static HostAndPort ours() {
        Running lookup = DAEMONS.lookupd();
        DAEMONS.nsqd(one, lookup);
        DAEMONS.nsqd(two, lookup);
        return lookup.http();
    }

    @AfterAll
    static void stop() {
        DAEMONS.stop();
    }

    /** It is to be done by all whom it concerns. */
    private static void act(String action, String channel, String node) {
        String body =
                "{\"action\":\"%s\",\"topic\":\"%s\",\"channel\":\"%s\",\"node\":\"%s\"}"
                        .formatted(action, TOPIC, channel, node);
        HttpResponse<String> answer = Http.request("POST", admin, "/api/v2/actions", body);
        JsonNode results = Http.tree(answer.body());
        assertThat(results.path("asked").asInt()).as(answer.body()).isPositive();
        assertThat(results.path("done")).as(answer.body()).isEqualTo(results.path("asked"));
    }

    private static void publish(HostAndPort node, String message) {
        String uri = "/api/v2/publish?topic=" + TOPIC + "&node=" + node;
        HttpResponse<String> answer = Http.request("POST", admin, uri, message);
        assertThat(Http.tree(answer.body()).path("done").asInt()).as(answer.body()).isEqualTo(1);
    }

    private static JsonNode topicAt(HostAndPort node) {
        return Http.json(node, "/stats?format=json&topic=" + TOPIC).at("/topics/0");
    }

    private static void everywhere(Predicate<JsonNode> wanted) {
        for (HostAndPort node : NODES) {
            JsonNode topic = topicAt(node);
            assertThat(wanted.test(topic)).as("%s: %s", node, topic).isTrue();
        }
    }

    private static JsonNode shown(Predicate<JsonNode> wanted) {
        return Http.await(admin, "/api/v2/view?view=topic&topic=" + TOPIC, wanted);
    }

    @Test
    void whatIsDoneIsDoneOnTheDaemonsAndWhatIsShownIsWhatTheySay() {
        act("create_topic", "", "*");
        act("create_channel", "c", "");
        everywhere(topic -> topic.at("/channels/0/channel_name").asText().equals("c"));

        for (HostAndPort node : NODES) publish(node, "{\"to\":\"" + node + "\"}");
        long sent = NODES.size();
        everywhere(topic -> topic.at("/channels/0/depth").asLong() == 1);
        JsonNode tree = shown(all -> all.at("/channels/c/depth").asLong() == sent);
        assertThat(tree.at("/own/messages").asLong()).isEqualTo(sent);
        peek();

        act("pause_channel", "c", "");
        everywhere(topic -> topic.at("/channels/0/paused").asBoolean());
        shown(all -> all.at("/channels/c/paused").asLong() == sent);
        act("unpause_channel", "c", "");
        act("pause_topic", "", NODES.get(0).toString());
        assertThat(topicAt(NODES.get(0)).path("paused").asBoolean()).isTrue();
        assertThat(topicAt(NODES.get(1)).path("paused").asBoolean()).isFalse();
        act("unpause_topic", "", "");

        move();
        act("empty_channel", "c", "");
        everywhere(topic -> topic.at("/channels/0/depth").asLong() == 0);
        act("hide_topic_producer", "", NODES.get(0).toString());
        String hidden = "/nodes/" + NODES.get(0).toString().replace("/", "~1") + "/tombstoned";
        shown(all -> all.at(hidden).asBoolean());
        act("delete_topic", "", "");
        Http.request(
                "POST",
                admin,
                "/api/v2/actions",
                "{\"action\":\"delete_topic\",\"topic\":\"" + OTHER + "\"}");
        everywhere(JsonNode::isMissingNode);
    }

    /** Each daemon either shows its message or it is said why not. */
    private static void peek() {
        String uri = "/api/v2/peek?topic=" + TOPIC + "&channel=c";
        JsonNode found = Http.json(admin, uri);
        assertThat(found.path("messages").size() + found.path("without").size())
                .as(found.toString())
                .isEqualTo(NODES.size());
        for (JsonNode why : found.path("without")) {
            assertThat(why.asText()).isEqualTo("cannot show messages without taking them");
        }
        everywhere(topic -> topic.at("/channels/0/depth").asLong() == 1);
    }

    /** Each daemon either moves its message or it is said why not. */
    private static void move() {
        String action =
                "{\"action\":\"move_channel\",\"topic\":\"%s\",\"channel\":\"c\",\"to\":\"%s\"}"
                        .formatted(TOPIC, OTHER);
        JsonNode moved = Http.tree(Http.request("POST", admin, "/api/v2/actions", action).body());
        assertThat(moved.at("/asked").asInt()).as(moved.toString()).isEqualTo(NODES.size());
        for (JsonNode one : moved.at("/results")) {
            if (one.has("problem")) {
                assertThat(one.at("/problem").asText()).isEqualTo("cannot move messages");
            } else {
                assertThat(one.at("/messages").asLong()).isEqualTo(1);
            }
        }
    }
}
