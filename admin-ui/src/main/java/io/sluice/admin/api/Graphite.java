package io.sluice.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.admin.cluster.Json;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Charts and rates from graphite, which has them from nsqd's statsd metrics, as in NSQ. */
public final class Graphite {
    private static final System.Logger LOG = System.getLogger(Graphite.class.getName());

    /** Bytes of a chart. */
    private static final int MAX_ANSWER = 8 * 1024 * 1024;

    private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(10);
    private static final int WIDTH = 800;
    private static final int HEIGHT = 450;

    private final HttpClient client;
    private final Paths paths;
    private final Settings settings;

    /**
     * How graphite is used.
     *
     * @param url without a slash at its end; may hold a user and a password
     * @param proxied browsers get charts from us instead
     * @param interval of nsqd's statsd batches, a second at least
     */
    public record Settings(URI url, boolean proxied, Names names, Duration interval) {}

    /** How metrics are called; {@code %s} is the node, or the name that statsd was sent. */
    public record Names(String prefix, String counters, String gauges) {
        /** The sum over all nodes; {@code channel} is empty for a metric of the topic. */
        String sum(String topic, String channel, String metric) {
            String of = channel.isEmpty() ? "" : "channel." + clean(channel) + ".";
            String dotted = prefix.isEmpty() || prefix.endsWith(".") ? prefix : prefix + ".";
            String name = dotted.replace("%s", "*") + "topic." + clean(topic) + "." + of + metric;
            boolean counts = metric.endsWith("_count") && !metric.matches("in_flight.*|deferred.*");
            return "sumSeries(" + (counts ? counters : gauges).replace("%s", name) + ")";
        }

        /** As graphite's carbon names what statsd sends. */
        private static String clean(String name) {
            return name.replaceAll("[^-._a-zA-Z0-9]", "");
        }
    }

    /** Charts of this graphite. */
    public Graphite(Vertx vertx, Paths paths, Settings settings) {
        this.client = vertx.createHttpClient();
        this.paths = paths;
        this.settings = settings;
    }

    /** Adds the paths; without graphite ({@code null}) there is no rate. */
    public static void addTo(ApiRouter router, Paths paths, Graphite graphite) {
        router.get(paths.at("/api/graphite"), request -> rate(graphite, request)).unlogged();
        if (graphite == null || !graphite.settings.proxied) return;
        router.get(paths.at("/render"), graphite::chart).unlogged();
    }

    /** The address of a chart of the last hour; {@code channel} is empty for the topic's. */
    public String link(String topic, String channel, String metric) {
        URI url = settings.url;
        String at =
                settings.proxied
                        ? paths.base()
                        : url.getScheme() + "://" + authority(url) + url.getRawPath();
        String target = encoded(settings.names.sum(topic, channel, metric));
        String size = "&width=" + WIDTH + "&height=" + HEIGHT;
        return at + "/render?target=" + target + "&from=-1h" + size;
    }

    /** Without a user and a password, which are nobody's business. */
    private static String authority(URI url) {
        String host = url.getHost();
        return url.getPort() < 0 ? host : host + ":" + url.getPort();
    }

    private static Answer rate(Graphite graphite, ApiRequest request) {
        if (!"rate".equals(request.query("metric"))) throw new HttpError(400, "INVALID_ARG_METRIC");
        String target = request.query("target", "INVALID_ARG_TARGET");
        if (graphite == null) throw new HttpError(500, "INTERNAL_ERROR");
        return Answer.later(graphite.rate(target));
    }

    private Future<Answer> rate(String target) {
        long seconds = settings.interval.toSeconds();
        String when = "format=json&from=-" + 2 * seconds + "sec&until=-" + seconds + "sec";
        return fetch(when + "&target=" + encoded(target))
                .map(found -> Json.read(found.body, JsonNode.class).at("/0/datapoints/0/0"))
                .map(value -> NsqReads.fresh(Map.of("rate", inWords(value, seconds))))
                .recover(Graphite::failed);
    }

    private static String inWords(JsonNode value, long seconds) {
        if (!value.isNumber()) throw new IllegalArgumentException("graphite knows no such number");
        double sum = value.doubleValue();
        return sum < 0 ? "N/A" : String.format(Locale.ROOT, "%.2f", sum / seconds);
    }

    private Answer chart(ApiRequest request) {
        String query = request.http().query();
        return Answer.later(
                fetch(query == null ? "" : query)
                        .map(found -> Answer.bytes(200, found.type, found.body))
                        .recover(e -> Future.failedFuture(new HttpError(502, inWords(e)))));
    }

    private static String inWords(Throwable e) {
        return "UPSTREAM_ERROR: graphite " + e.getMessage();
    }

    private static Future<Answer> failed(Throwable e) {
        LOG.log(System.Logger.Level.ERROR, "graphite request failed - {0}", e.getMessage());
        return Future.failedFuture(new HttpError(500, "INTERNAL_ERROR"));
    }

    private record Found(String type, Buffer body) {}

    private Future<Found> fetch(String query) {
        URI url = settings.url;
        RequestOptions options =
                new RequestOptions()
                        .setAbsoluteURI(
                                url.getScheme()
                                        + "://"
                                        + authority(url)
                                        + url.getRawPath()
                                        + "/render?"
                                        + query);
        if (url.getUserInfo() != null) {
            byte[] secret = url.getUserInfo().getBytes(StandardCharsets.UTF_8);
            String basic = Base64.getEncoder().encodeToString(secret);
            options.putHeader("Authorization", "Basic " + basic);
        }
        return client.request(options)
                .compose(Graphite::send)
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    private static Future<Found> send(HttpClientRequest request) {
        return request.send()
                .compose(Graphite::read)
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .onFailure(e -> request.reset());
    }

    private static Future<Found> read(HttpClientResponse response) {
        response.exceptionHandler(e -> {});
        if (response.statusCode() != 200) {
            return Future.failedFuture("answers with status " + response.statusCode());
        }
        String type = response.getHeader("Content-Type");
        Buffer body = Buffer.buffer();
        response.handler(
                chunk -> {
                    if (body.length() + chunk.length() > MAX_ANSWER) response.request().reset();
                    else body.appendBuffer(chunk);
                });
        return response.end()
                .map(new Found(type == null ? "application/octet-stream" : type, body));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
