package io.sluice.client.tools;

import io.sluice.client.Consumer;
import io.sluice.client.ReceivedMessage;
import io.sluice.daemon.Version;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends each message of a topic as a request; those that fail are requeued. */
final class ToHttp implements Job {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

    private final ToHttpOptions options;
    private final List<String> urls;
    private final Map<String, String> headers;

    /** Null when each message goes to all of them. */
    private final Upstreams upstreams;

    private final HostTimings timings;
    private final HttpClient http;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Consumer consumer;

    private ToHttp(ToHttpOptions options) {
        this.options = options;
        urls = options.urls();
        headers = options.headersByName();
        upstreams = Upstreams.of(options.mode, urls, null);
        timings = new HostTimings(urls, options.statusEvery);
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(options.httpConnectTimeout)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
    }

    /** Throws IllegalArgumentException for options that do not go. */
    static ToHttp start(ToHttpOptions options) {
        options.validate();
        ToHttp toHttp = new ToHttp(options);
        toHttp.consumer =
                Consumer.start(
                        options.source
                                .consumer(
                                        "nsq_to_http", options.topic, options.channel, toHttp.ended)
                                .handlerThreads(options.n)
                                .build(),
                        toHttp::handle);
        return toHttp;
    }

    private void handle(ReceivedMessage message) throws IOException, InterruptedException {
        if (options.sample < 1 && ThreadLocalRandom.current().nextDouble() >= options.sample) {
            return;
        }
        byte[] body = message.body().toArray();
        if (upstreams == null) {
            for (String url : urls) send(url, body);
            return;
        }
        long startNs = System.nanoTime();
        String url = upstreams.next(startNs);
        try {
            send(url, body);
        } catch (IOException e) {
            upstreams.failed(url, System.nanoTime());
            throw e;
        }
        long nowNs = System.nanoTime();
        upstreams.succeeded(url, nowNs - startNs, nowNs);
    }

    private void send(String url, byte[] body) throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        int status = status(options.posts.isEmpty() ? get(url, body) : post(url, body));
        boolean taken = options.posts.isEmpty() ? status == 200 : status >= 200 && status < 300;
        if (!taken) throw new IOException(url + ": got status code " + status);
        timings.add(url, System.nanoTime() - startNs);
    }

    /** A message is bytes, which need not be text: each stands for the character of its number. */
    private HttpRequest.Builder get(String url, byte[] body) {
        Charset bytes = StandardCharsets.ISO_8859_1;
        String escaped = URLEncoder.encode(new String(body, bytes), bytes).replace("*", "%2A");
        return HttpRequest.newBuilder(URI.create(url.replace("%s", escaped.replace("%7E", "~"))));
    }

    private HttpRequest.Builder post(String url, byte[] body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", options.contentType)
                .POST(BodyPublishers.ofByteArray(body));
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        request.setHeader("User-Agent", "nsq_to_http v" + Version.FULL);
        headers.forEach(request::setHeader);
        CompletableFuture<HttpResponse<Void>> answer =
                http.sendAsync(request.build(), BodyHandlers.discarding());
        try {
            return answer.get(options.httpRequestTimeout.toNanos(), TimeUnit.NANOSECONDS)
                    .statusCode();
        } catch (ExecutionException e) {
            throw new IOException(request.build().uri() + ": " + Failure.words(e), e);
        } catch (TimeoutException e) {
            throw new IOException(request.build().uri() + ": no answer in time", e);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void stop() {
        consumer.close(ended.isCompletedExceptionally() ? Duration.ZERO : CLOSE_PATIENCE);
    }
}
