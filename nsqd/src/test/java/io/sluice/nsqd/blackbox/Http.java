package io.sluice.nsqd.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.daemon.HostAndPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** The daemon's HTTP API. */
final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Http() {}

    static HttpResponse<String> get(HostAndPort address, String path) throws IOException {
        return get(HttpClient.newHttpClient(), "http://" + address + path);
    }

    static HttpResponse<String> get(HostAndPort address, String path, SSLContext context)
            throws IOException {
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        return get(client, "https://" + address + path);
    }

    private static HttpResponse<String> get(HttpClient client, String url) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The channel {@code c} of a topic, as in /stats. */
    static JsonNode channel(HostAndPort address, Object topic) {
        try {
            String body = get(address, "/stats?format=json&topic=" + topic).body();
            return Layered.read(body).at("/topics/0/channels/0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
