package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.daemon.HostAndPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Predicate;

/** A caller of HTTP APIs. */
final class Http {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final long DEADLINE_NS = 30_000_000_000L;

    private Http() {}

    static HttpResponse<String> get(HostAndPort at, String uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + at + uri));
        if (headers.length > 0) request.headers(headers);
        return send(request.build());
    }

    static JsonNode json(HostAndPort at, String uri) {
        HttpResponse<String> response = get(at, uri);
        assertThat(response.statusCode()).as(uri).isEqualTo(200);
        return tree(response.body());
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    /** Asks until the answer is the wanted one. */
    static JsonNode await(HostAndPort at, String uri, Predicate<JsonNode> wanted) {
        long endNs = System.nanoTime() + DEADLINE_NS;
        JsonNode answer = tree(get(at, uri).body());
        while (!wanted.test(answer)) {
            if (System.nanoTime() > endNs) throw new AssertionError("still " + answer);
            answer = tree(get(at, uri).body());
        }
        return answer;
    }

    static void post(HostAndPort at, String uri, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + at + uri))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        assertThat(send(request).statusCode()).as(uri).isEqualTo(200);
    }

    /** A request of any method; headers are names and values in turn. */
    static HttpResponse<String> request(
            String method, HostAndPort at, String uri, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + at + uri));
        if (headers.length > 0) request.headers(headers);
        return send(request.method(method, HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(request.uri().toString(), e);
        }
    }
}
