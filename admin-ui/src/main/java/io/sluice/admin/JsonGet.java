package io.sluice.admin;

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

/** Asks one daemon one question, and waits for the answer no longer than allowed. */
final class JsonGet {
    /** Bytes of one answer: the statistics of some thirty thousand channels. */
    static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private final HttpClient client;
    private final Duration requestTimeout;

    JsonGet(Vertx vertx, Duration connectTimeout, Duration requestTimeout) {
        int connectTimeoutMs = (int) connectTimeout.toMillis();
        this.client =
                vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(connectTimeoutMs));
        this.requestTimeout = requestTimeout;
    }

    /** The answer; fails with {@link NoAnswer} only. */
    <T> Future<T> ask(HostAndPort daemon, String uri, Class<T> type) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(daemon.bindHost())
                        .setPort(daemon.port())
                        .setURI(uri)
                        .putHeader("Accept", "application/vnd.nsq; version=1.0");
        return client.request(options)
                .compose(this::send)
                .timeout(requestTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .map(body -> Json.read(body, type))
                .recover(e -> Future.failedFuture(inWords(e)));
    }

    private Future<Buffer> send(HttpClientRequest request) {
        return request.send()
                .compose(JsonGet::body)
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
        if (response.statusCode() != 200) {
            whole.fail(new NoAnswer("answers with status " + response.statusCode()));
        }
        return whole.future();
    }

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
