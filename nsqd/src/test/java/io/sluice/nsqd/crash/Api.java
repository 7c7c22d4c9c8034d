package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.daemon.HostAndPort;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The HTTP API of one daemon. */
final class Api {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HostAndPort address;

    Api(HostAndPort address) {
        this.address = address;
    }

    /** An answer, whatever it is. */
    record Answer(int status, String body) {}

    Answer get(String path) {
        return tryTo(request(path).build());
    }

    Answer post(String path, String body) {
        return tryTo(request(path).POST(BodyPublishers.ofString(body)).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(PATIENCE);
    }

    private static Answer tryTo(HttpRequest request) {
        try {
            return send(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
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
        try {
            return JSON.readTree(answer.body());
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
