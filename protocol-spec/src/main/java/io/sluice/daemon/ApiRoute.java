package io.sluice.daemon;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;

/** One method of one path: who answers, how large a body may be, whether it is logged. */
public final class ApiRoute {
    private final Function<ApiRequest, Answer> endpoint;
    private int maxBodyBytes;
    private HttpError tooBig;
    private boolean logged = true;

    ApiRoute(Function<ApiRequest, Answer> endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Reads the body before the endpoint is asked. One of more than {@code maxBytes} is answered
     * with status 413 and {@code tooBigCode}. Without this call a body is ignored.
     */
    public ApiRoute body(int maxBytes, String tooBigCode) {
        this.maxBodyBytes = maxBytes;
        this.tooBig = new HttpError(413, tooBigCode);
        return this;
    }

    /** Leaves the requests out of the log: there may be many thousands a second. */
    public ApiRoute unlogged() {
        this.logged = false;
        return this;
    }

    boolean isLogged() {
        return logged;
    }

    Future<Buffer> body(HttpServerRequest request) {
        if (tooBig != null) return BoundedBody.read(request, maxBodyBytes, tooBig);
        BoundedBody.discard(request);
        return Future.succeededFuture(Buffer.buffer());
    }

    Future<Answer> answer(ApiRequest request) {
        return endpoint.apply(request).settled();
    }
}
