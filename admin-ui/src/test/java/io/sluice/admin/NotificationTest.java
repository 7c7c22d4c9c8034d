package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.sluice.daemon.HostAndPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --notification-http-endpoint} is told, in the order of the actions. */
class NotificationTest {
    private static final Daemons DAEMONS = new Daemons();
    private static final BlockingQueue<String> NOTES = new LinkedBlockingQueue<>();

    @TempDir static Path folder;

    private static HttpServer endpoint;
    private static HostAndPort nsqd;
    private static HostAndPort admin;

    @BeforeAll
    static void start() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext(
                "/told",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    String type = exchange.getRequestHeaders().getFirst("Content-Type");
                    String form = exchange.getRequestMethod() + " " + type + " ";
                    NOTES.add(form + new String(body, StandardCharsets.UTF_8));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        endpoint.start();
        nsqd = DAEMONS.nsqd(folder).http();
        String url = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/told";
        admin = DAEMONS.admin("--nsqd-http-address=" + nsqd, "--notification-http-endpoint=" + url);
    }

    @AfterAll
    static void stop() {
        endpoint.stop(0);
        DAEMONS.stop();
    }

    /** The note of this action, which nothing else may come before. */
    private static JsonNode noteOf(String path, String action) throws InterruptedException {
        HttpResponse<String> answer =
                Http.request("POST", admin, path, action, "User-Agent", "script");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String note = NOTES.poll(30, TimeUnit.SECONDS);
        assertThat(note).startsWith("POST application/json {");
        return Http.tree(note.substring(note.indexOf('{')));
    }

    private static JsonNode noteOfChannel(String action, String topic, String more)
            throws InterruptedException {
        return noteOf(
                "/api/v2/actions",
                "{\"action\":\""
                        + action
                        + "\",\"topic\":\""
                        + topic
                        + "\",\"channel\":\"c\""
                        + more
                        + "}");
    }

    private static void topic(String name) {
        Http.post(nsqd, "/topic/create?topic=" + name, "");
        Http.post(nsqd, "/channel/create?topic=" + name + "&channel=c", "");
    }

    @Test
    void anActionOfNsqIsToldInItsFormAndWithWhatBecameOfIt() throws InterruptedException {
        topic("stops");
        JsonNode note = noteOf("/api/topics/stops", "{\"action\":\"pause\"}");
        assertThat(note.fieldNames())
                .toIterable()
                .containsExactly(
                        "action",
                        "topic",
                        "asked",
                        "done",
                        "timestamp",
                        "remote_ip",
                        "user_agent",
                        "url",
                        "via");
        assertThat(note.at("/action").textValue()).isEqualTo("pause_topic");
        assertThat(note.at("/topic").textValue()).isEqualTo("stops");
        assertThat(note.at("/done").asInt()).isEqualTo(1);
        assertThat(note.at("/timestamp").asLong())
                .isBetween(1_700_000_000L, System.currentTimeMillis() / 1000);
        assertThat(note.at("/remote_ip").textValue()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(note.at("/user_agent").textValue()).isEqualTo("script");
        assertThat(note.at("/url").textValue()).isEqualTo("http://" + admin + "/api/topics/stops");
        assertThat(note.at("/via").textValue()).isNotEmpty();
    }

    @Test
    void aRequeueIsToldWithItsCountAndItsMessages() throws InterruptedException {
        topic("later");
        for (int i = 0; i < 3; i++) Http.post(nsqd, "/pub?topic=later&defer=3600000", "m");
        JsonNode some = noteOfChannel("requeue_channel", "later", ",\"count\":2");
        assertThat(some.at("/action").textValue()).isEqualTo("requeue_channel");
        assertThat(some.at("/channel").textValue()).isEqualTo("c");
        assertThat(some.at("/count").asInt()).isEqualTo(2);
        assertThat(some.at("/messages").asInt()).isEqualTo(2);
        JsonNode rest = noteOfChannel("requeue_channel", "later", "");
        assertThat(rest.at("/messages").asInt()).isEqualTo(1);
        assertThat(rest.fieldNames()).toIterable().doesNotContain("count", "to", "node");
    }

    @Test
    void aMoveIsToldWithItsTargetItsCountAndItsMessages() throws InterruptedException {
        topic("jam");
        Http.post(nsqd, "/mpub?topic=jam", "a\nb\nc");
        String where = ",\"node\":\"" + nsqd + "\"";
        JsonNode some =
                noteOfChannel("move_channel", "jam", ",\"to\":\"jam2\",\"count\":2" + where);
        assertThat(some.at("/action").textValue()).isEqualTo("move_channel");
        assertThat(some.at("/topic").textValue()).isEqualTo("jam");
        assertThat(some.at("/channel").textValue()).isEqualTo("c");
        assertThat(some.at("/node").textValue()).isEqualTo(nsqd.toString());
        assertThat(some.at("/to").textValue()).isEqualTo("jam2");
        assertThat(some.at("/count").asInt()).isEqualTo(2);
        assertThat(some.at("/asked").asInt()).isEqualTo(1);
        assertThat(some.at("/done").asInt()).isEqualTo(1);
        assertThat(some.at("/messages").asInt()).isEqualTo(2);
        JsonNode rest = noteOfChannel("move_channel", "jam", ",\"to\":\"jam2\"");
        assertThat(rest.at("/to").textValue()).isEqualTo("jam2");
        assertThat(rest.at("/messages").asInt()).isEqualTo(1);
        assertThat(rest.has("count")).isFalse();
    }

    @Test
    void whatWasNotDoneIsToldToo() throws InterruptedException {
        Http.post(nsqd, "/topic/create?topic=bare", "");
        JsonNode note = noteOfChannel("move_channel", "bare", ",\"to\":\"bare2\"");
        assertThat(note.at("/to").textValue()).isEqualTo("bare2");
        assertThat(note.at("/asked").asInt()).isEqualTo(1);
        assertThat(note.at("/done").asInt()).isZero();
        assertThat(note.has("messages")).isFalse();
    }
}
