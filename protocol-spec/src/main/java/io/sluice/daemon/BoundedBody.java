package io.sluice.daemon;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Gathers the body of a request, and holds never more of it than the route allows. */
final class BoundedBody {
    /** Bytes that are read and thrown away before a peer that will not stop is cut off. */
    static final long DISCARD_BYTES = 16L * 1024 * 1024;

    private final HttpServerRequest request;
    private final int maxBytes;
    private final HttpError tooBig;
    private final Promise<Buffer> whole = Promise.promise();
    private Buffer gathered = Buffer.buffer();
    private long seenBytes;

    private BoundedBody(HttpServerRequest request, int maxBytes, HttpError tooBig) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.tooBig = tooBig;
    }

    /** The body, or {@code tooBig} as soon as its declared or its real length says so. */
    static Future<Buffer> read(HttpServerRequest request, int maxBytes, HttpError tooBig) {
        BoundedBody body = new BoundedBody(request, maxBytes, tooBig);
        body.listen();
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (declared != null && Long.parseLong(declared) > maxBytes) body.whole.fail(tooBig);
        else goOn(request);
        return body.whole.future();
    }

    /** Reads past a body that nobody wants, so that the next request on the connection is found. */
    static void discard(HttpServerRequest request) {
        new BoundedBody(request, 0, null).listen();
        goOn(request);
    }

    private static void goOn(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private void listen() {
        request.exceptionHandler(whole::tryFail);
        request.handler(this::take);
        request.endHandler(end -> whole.tryComplete(gathered));
    }

    private void take(Buffer chunk) {
        seenBytes += chunk.length();
        if (whole.future().isComplete() || seenBytes > maxBytes) {
            gathered = null;
            if (tooBig != null) whole.tryFail(tooBig);
            if (seenBytes > maxBytes + DISCARD_BYTES) request.connection().close();
        } else if (gathered.length() == 0) {
            gathered = chunk;
        } else {
            gathered.appendBuffer(chunk);
        }
    }
}
