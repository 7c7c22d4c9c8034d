package io.sluice.daemon;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** One method of one path: who answers, how large a body may be, whether it is logged. */
public final class ApiRoute {
    private final Function<ApiRequest, Answer> endpoint;
    private IntSupplier maxBodyBytes;
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
        return body(() -> maxBytes, tooBigCode);
    }

    /** As the other, with a limit that may change. */
    public ApiRoute body(IntSupplier maxBytes, String tooBigCode) {
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
        if (tooBig != null) return BoundedBody.read(request, maxBodyBytes.getAsInt(), tooBig);
        BoundedBody.discard(request);
        return Future.succeededFuture(Buffer.buffer());
    }

    Future<Answer> answer(ApiRequest request) {
        return endpoint.apply(request).settled();
    }
}
