package io.sluice.admin.cluster;

import io.sluice.daemon.GoDuration;
import io.sluice.daemon.HostAndPort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks daemons by HTTP, and waits for each answer no longer than allowed. */
public final class Upstream {
    /** Bytes of one answer: the statistics of some thirty thousand channels. */
    static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private static final int READ_AT_ONCE = 16 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final Duration requestTimeout;

    /** Both times are at least a millisecond. */
    public Upstream(Vertx vertx, Duration connectTimeout, Duration requestTimeout) {
        this.vertx = vertx;
        int connectTimeoutMs = (int) connectTimeout.toMillis();
        this.client =
                vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(connectTimeoutMs));
        this.requestTimeout = requestTimeout;
    }

    /** The answer to a GET; fails with {@link NoAnswer} only. */
    public <T> Future<T> ask(HostAndPort daemon, String uri, Class<T> type) {
        return exchange(HttpMethod.GET, daemon, uri, Buffer.buffer())
                .compose(body -> read(body, type))
                .recover(e -> Future.failedFuture(inWords(e)));
    }

    /** What is large is read beside the event loop, which has pages to send meanwhile. */
    private <T> Future<T> read(Buffer body, Class<T> type) {
        if (body.length() <= READ_AT_ONCE) return Future.succeededFuture(Json.read(body, type));
        return vertx.executeBlocking(() -> Json.read(body, type), false);
    }

    /** Has a daemon do something; fails with {@link NoAnswer} only. */
    public Future<Void> tell(HostAndPort daemon, String uri, Buffer body) {
        return exchange(HttpMethod.POST, daemon, uri, body)
                .recover(e -> Future.failedFuture(inWords(e)))
                .mapEmpty();
    }

    private Future<Buffer> exchange(
            HttpMethod method, HostAndPort daemon, String uri, Buffer content) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(method)
                        .setHost(daemon.bindHost())
                        .setPort(daemon.port())
                        .setURI(uri)
                        .putHeader("Accept", "application/vnd.nsq; version=1.0");
        // A client that is being closed throws, and that is a failure as any other.
        return Future.succeededFuture(options)
                .compose(client::request)
                .compose(request -> send(request, content))
                .timeout(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Future<Buffer> send(HttpClientRequest request, Buffer content) {
        return request.send(content)
                .compose(Upstream::body)
                .timeout(requestTimeout.toMillis(), TimeUnit.MILLISECONDS)
                // A connection that stays busy would not be there for the next question.
                .onFailure(e -> request.reset());
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        response.handler(chunk -> append(chunk, body, whole));
        response.endHandler(end -> whole.tryComplete(body));
        return whole.future().compose(content -> accepted(response.statusCode(), content));
    }

    private static Future<Buffer> accepted(int status, Buffer content) {
        if (status == 200) return Future.succeededFuture(content);
        String code = "";
        try {
            code = Json.read(content, Refusal.class).message();
        } catch (IllegalArgumentException e) {
            // No daemon of NSQ: the status has to do.
        }
        String words = code == null || code.isEmpty() ? "" : " (" + code + ")";
        return Future.failedFuture(new NoAnswer("answers with status " + status + words));
    }

    /** The form of all errors. */
    record Refusal(String message) {}

    private static void append(Buffer chunk, Buffer body, Promise<Buffer> whole) {
        if (body.length() + chunk.length() <= MAX_ANSWER_BYTES) body.appendBuffer(chunk);
        else whole.tryFail(new NoAnswer("answers with more than " + MAX_ANSWER_BYTES + " bytes"));
    }

    private NoAnswer inWords(Throwable failure) {
        if (failure instanceof NoAnswer noAnswer) return noAnswer;
        String why = failure.getMessage();
        if (failure instanceof TimeoutException) {
            return new NoAnswer("does not answer within " + GoDuration.format(requestTimeout));
        }
        if (failure instanceof UnknownHostException) {
            return new NoAnswer("cannot be reached (its name does not resolve)");
        }
        if (failure instanceof ConnectException) {
            // Netty names the address once more behind the reason.
            String reason = why == null ? "no connection" : why.split(": ", 2)[0];
            return new NoAnswer("cannot be reached (" + reason + ")");
        }
        if (failure instanceof IllegalArgumentException) {
            return new NoAnswer("is no NSQ daemon of this kind (" + why + ")");
        }
        return new NoAnswer("cannot be asked (" + (why == null ? failure : why) + ")");
    }
}
