package io.sluice.daemon;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;

/** Requests of a daemon to another program: each ends in time, and its answer is bounded. */
public final class HttpExchange {
    private final HttpClient client;
    private final int timeoutMs;
    private final int maxAnswerBytes;

    /**
     * Requests through this client.
     *
     * @param timeoutMs until the last byte of the answer
     */
    public HttpExchange(HttpClient client, int timeoutMs, int maxAnswerBytes) {
        this.client = client;
        this.timeoutMs = timeoutMs;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    /**
     * The body of an answer with status 200; all else fails, with a message that says why.
     *
     * @param body null for none
     */
    public Future<Buffer> send(RequestOptions options, Buffer body) {
        return client.request(options)
                .compose(request -> send(request, body))
                .timeout(timeoutMs, TimeUnit.MILLISECONDS);
    }

    private Future<Buffer> send(HttpClientRequest request, Buffer body) {
        return (body == null ? request.send() : request.send(body))
                .compose(this::read)
                .timeout(timeoutMs, TimeUnit.MILLISECONDS)
                // A connection that stays busy would not be there for the next request.
                .onFailure(e -> request.reset());
    }

    private Future<Buffer> read(HttpClientResponse response) {
        // What goes wrong fails the future; without a handler Vert.x logs it as an error too.
        response.exceptionHandler(e -> {});
        if (response.statusCode() != 200) {
            return Future.failedFuture("status " + response.statusCode());
        }
        Buffer body = Buffer.buffer();
        response.handler(
                chunk -> {
                    if (body.length() + chunk.length() <= maxAnswerBytes) {
                        body.appendBuffer(chunk);
                    } else {
                        response.request().reset();
                    }
                });
        return response.end().map(body);
    }
}
