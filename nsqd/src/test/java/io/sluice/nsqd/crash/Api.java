package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.daemon.HostAndPort;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/**
 * The HTTP API of one daemon. By the JDK's older client: the newer one, asked tens of thousands of
 * times in a row on a busy machine, sometimes closes the connection on which it awaits an answer.
 */
final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MS = 60_000;

    static {
        // A message is not to be sent again behind our back.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final HostAndPort address;

    Api(HostAndPort address) {
        this.address = address;
    }

    /** An answer, whatever it is. */
    record Answer(int status, String body) {}

    Answer get(String path) {
        return ask("GET", path, "");
    }

    Answer post(String path, String body) {
        return ask("POST", path, body);
    }

    private Answer ask(String method, String path, String body) {
        try {
            URL url = URI.create("http://" + address + path).toURL();
            HttpURLConnection connection = (HttpURLConnection) url.openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS);
            if (!body.isEmpty()) send(connection, body);
            int status = connection.getResponseCode();
            return new Answer(status, body(connection, status));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(HttpURLConnection connection, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(bytes.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(bytes);
        }
    }

    /** Read to its end, so that the connection can serve again. */
    private static String body(HttpURLConnection connection, int status) throws IOException {
        boolean isError = status >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream in = isError ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Posts what has to succeed. */
    void post(String path) {
        Answer answer = post(path, "");
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
    }

    void createTopic(TopicName topic) {
        post("/topic/create?topic=" + topic);
    }

    void createChannel(TopicName topic, ChannelName channel) {
        post("/channel/create?topic=" + topic + "&channel=" + channel);
    }

    void pause(TopicName topic, ChannelName channel) {
        post("/channel/pause?topic=" + topic + "&channel=" + channel);
    }

    void unpause(TopicName topic, ChannelName channel) {
        post("/channel/unpause?topic=" + topic + "&channel=" + channel);
    }

    /** All of /stats. */
    JsonNode stats(String arguments) {
        Answer answer = get("/stats?format=json&include_mem=false" + arguments);
        assertThat(answer.status()).as("/stats: %s", answer.body()).isEqualTo(200);
        return tree(answer.body());
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A topic's part of /stats, which is missing when there is no such topic. */
    JsonNode topic(TopicName topic) {
        // A '#' would begin a fragment.
        String name = topic.toString().replace("#", "%23");
        return stats("&topic=" + name).path("topics").path(0);
    }

    /** A channel's part of /stats, which is missing when there is no such channel. */
    JsonNode channel(TopicName topic, ChannelName channel) {
        for (JsonNode one : topic(topic).path("channels")) {
            if (one.path("channel_name").asText().equals(channel.toString())) return one;
        }
        return MissingNode.getInstance();
    }
}
