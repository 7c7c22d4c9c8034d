package io.sluice.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.Map;

/** What an endpoint answers: now, or when a future is done. */
public final class Answer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; charset=utf-8";

    private final int status;
    private final Buffer body;
    private final Future<Answer> later;
    private Iterator<Buffer> slices;
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    private Answer(int status, String contentType, Buffer body, Future<Answer> later) {
        this.status = status;
        this.body = body;
        this.later = later;
        if (contentType != null) headers.set("Content-Type", contentType);
    }

    private Answer versioned() {
        return header("X-Nsq-Content-Type", "nsq; version=1.0");
    }

    /** Status 200 without a body. */
    public static Answer empty() {
        return new Answer(200, null, Buffer.buffer(), null).versioned();
    }

    /** Status 200 and a text, as {@code OK}. */
    public static Answer text(String text) {
        return bytes(200, TEXT_TYPE, Buffer.buffer(text)).versioned();
    }

    /** A text without the version header, as {@code /ping} and {@code /debug} answer. */
    public static Answer plain(int status, String text) {
        return bytes(status, TEXT_TYPE, Buffer.buffer(text));
    }

    /** Status 200 and whatever Jackson makes of the value. */
    public static Answer json(Object value) {
        return json(200, value);
    }

    /** Whatever Jackson makes of the value. */
    public static Answer json(int status, Object value) {
        return jsonBytes(status, jsonBytesOf(value));
    }

    /** Whatever Jackson makes of the value, as a part of an answer. */
    public static Buffer jsonBytesOf(Object value) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** JSON that is written already. */
    public static Answer jsonBytes(int status, Buffer json) {
        return bytes(status, JSON_TYPE, json).versioned();
    }

    /** Any content, without the version header. */
    public static Answer bytes(int status, String contentType, Buffer content) {
        return new Answer(status, contentType, content, null);
    }

    /**
     * Status 200 and content that is made while it is sent, so that never much of it is in memory.
     *
     * @param slices asked for the next one on a thread that may be kept waiting, when the one
     *     before is on its way
     */
    public static Answer sliced(String contentType, Iterator<Buffer> slices) {
        Answer answer = bytes(200, contentType, null);
        answer.slices = slices;
        return answer;
    }

    /** The form that all errors have. */
    public static Answer error(HttpError error) {
        return json(error.status(), Map.of("message", error.getMessage()));
    }

    /** Another place for the same request. */
    static Answer redirect(int status, String location) {
        return bytes(status, null, Buffer.buffer()).header("Location", location);
    }

    /** Status 200, no body, no version header, as OPTIONS answers. */
    static Answer bare() {
        return bytes(200, null, Buffer.buffer());
    }

    /** The answer that the future brings; when it fails with {@link HttpError}, that error. */
    public static Answer later(Future<Answer> answer) {
        return new Answer(0, null, null, answer);
    }

    /** Sets one more header. */
    public Answer header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    Future<Answer> settled() {
        return later == null ? Future.succeededFuture(this) : later.compose(Answer::settled);
    }

    int status() {
        return status;
    }

    void writeTo(Vertx vertx, HttpServerResponse response) {
        if (response.ended() || response.closed()) return;
        response.setStatusCode(status);
        response.headers().addAll(headers);
        if (slices == null) response.end(body);
        else writeSlices(vertx, response.setChunked(true));
    }

    private void writeSlices(Vertx vertx, HttpServerResponse response) {
        vertx.executeBlocking(() -> slices.hasNext() ? slices.next() : null, false)
                .compose(slice -> slice == null ? response.end() : response.write(slice))
                .onSuccess(
                        written -> {
                            if (!response.ended()) writeSlices(vertx, response);
                        })
                // Whoever reads it must not take a part for the whole.
                .onFailure(e -> response.reset());
    }
}
