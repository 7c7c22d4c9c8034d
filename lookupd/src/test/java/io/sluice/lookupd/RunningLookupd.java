package io.sluice.lookupd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.daemon.GoFlags;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.LogFormat;
import io.sluice.daemon.LogLevel;
import io.sluice.daemon.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A daemon on ports of its own; or, with {@code -Dlookupd.tcp=host:port -Dlookupd.http=host:port},
 * one that runs elsewhere, such as NSQ's own, which shows that the tests are right.
 */
final class RunningLookupd implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Running running;
    private final HostAndPort tcp;
    private final HostAndPort http;

    private RunningLookupd(Running running, HostAndPort tcp, HostAndPort http) {
        this.running = running;
        this.tcp = tcp;
        this.http = http;
    }

    /** The one that the system properties name, otherwise our own. */
    static RunningLookupd any() {
        String tcp = System.getProperty("lookupd.tcp");
        if (tcp == null) return own();
        HostAndPort http = HostAndPort.parse(System.getProperty("lookupd.http"));
        return new RunningLookupd(null, HostAndPort.parse(tcp), http);
    }

    /** Our own with these flags on top. */
    static RunningLookupd own(String... flags) {
        LookupdOptions options = new LookupdOptions();
        List<String> words = new ArrayList<>(List.of(flags));
        words.add("--tcp-address=127.0.0.1:0");
        words.add("--http-address=127.0.0.1:0");
        words.add("--broadcast-address=127.0.0.1");
        GoFlags.command("nsqlookupd", options).parseArgs(words.toArray(String[]::new));
        options.validate();
        LogFormat.level("io.sluice.lookupd", LogLevel.WARN);
        Running running = new Lookupd().start(options);
        return new RunningLookupd(running, running.tcp(), running.http());
    }

    @Override
    public void close() {
        if (running != null) running.stop();
    }

    HostAndPort tcp() {
        return tcp;
    }

    HostAndPort http() {
        return http;
    }

    Peer connect() throws IOException {
        return new Peer(tcp);
    }

    HttpResponse<String> request(String method, String uri) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + http + uri))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The JSON of an answer that has to be 200. */
    JsonNode get(String uri) throws IOException {
        HttpResponse<String> response = request("GET", uri);
        assertThat(response.statusCode()).as(uri).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /** Has to answer 200 with nothing. */
    void post(String uri) {
        HttpResponse<String> response = request("POST", uri);
        assertThat(response.statusCode()).as(uri).isEqualTo(200);
        assertThat(response.body()).as(uri).isEmpty();
    }
}
