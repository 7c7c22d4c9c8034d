package io.sluice.daemon;

import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The HTTP conventions of all daemons (spec/http.md): the form of answers and errors, redirects to
 * the right spelling of a path, OPTIONS and 405, and the line in the log.
 */
public final class ApiRouter implements Handler<HttpServerRequest> {
    /** Bytes of a request line. */
    private static final int MAX_REQUEST_LINE = 16 * 1024;

    /** Bytes of all headers of a request. */
    private static final int MAX_HEADERS = 64 * 1024;

    /** Bytes of a body that are handed on at once: as many as one read of the socket brings. */
    private static final int MAX_CHUNK = 64 * 1024;

    private static final String INTERNAL_ERROR = "INTERNAL_ERROR";

    private final Router router;
    private final System.Logger log;
    private final HttpCounts counts;
    private final Map<String, ApiPath> paths = new LinkedHashMap<>();

    /** A router that logs its requests, and the failures of endpoints, to {@code log}. */
    public ApiRouter(Vertx vertx, System.Logger log) {
        this(vertx, log, new HttpCounts());
    }

    /** As the other; what it answers is counted. */
    public ApiRouter(Vertx vertx, System.Logger log, HttpCounts counts) {
        this.log = log;
        this.counts = counts;
        this.router = Router.router(vertx);
        router.route().last().handler(this::otherSpelling);
        for (int status : new int[] {400, 404, 405, 500}) {
            router.errorHandler(status, context -> refuse(context, status));
        }
    }

    /** What an HTTP server must be made with to serve this router. */
    public static HttpServerOptions httpOptions() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxChunkSize(MAX_CHUNK)
                .setHttp2ClearTextEnabled(false)
                // BoundedBody does it, once it knows that the body will be welcome.
                .setHandle100ContinueAutomatically(false);
    }

    /** A path for GET; segments that start with a colon are parameters, a last one may be *. */
    public ApiRoute get(String path, Function<ApiRequest, Answer> endpoint) {
        return add(HttpMethod.GET, path, endpoint);
    }

    /** A path for POST; segments that start with a colon are parameters. */
    public ApiRoute post(String path, Function<ApiRequest, Answer> endpoint) {
        return add(HttpMethod.POST, path, endpoint);
    }

    /** A path for PUT; segments that start with a colon are parameters. */
    public ApiRoute put(String path, Function<ApiRequest, Answer> endpoint) {
        return add(HttpMethod.PUT, path, endpoint);
    }

    /** A path for DELETE; segments that start with a colon are parameters. */
    public ApiRoute delete(String path, Function<ApiRequest, Answer> endpoint) {
        return add(HttpMethod.DELETE, path, endpoint);
    }

    private ApiRoute add(HttpMethod method, String path, Function<ApiRequest, Answer> endpoint) {
        ApiRoute route = new ApiRoute(endpoint);
        paths.computeIfAbsent(path, this::open).add(method, route);
        return route;
    }

    private ApiPath open(String template) {
        ApiPath path = new ApiPath(template);
        router.route(template).handler(context -> dispatch(context, path));
        return path;
    }

    /** Gives a request this answer whatever it is, and reads past its body. */
    public static void refuse(Vertx vertx, HttpServerRequest request, Answer answer) {
        BoundedBody.discard(request);
        answer.writeTo(vertx, request.response());
    }

    /**
     * Has the server serve this router, and cut off clients that are none, too slow or too many.
     *
     * @param door of all servers that share the address
     */
    public HttpServer serveOn(HttpServer server, HttpPatience patience, HttpDoor door) {
        return server.requestHandler(this)
                .invalidRequestHandler(this::malformed)
                .connectionHandler(connection -> watch(connection, patience, door));
    }

    private void malformed(HttpServerRequest request) {
        boolean large = request.decoderResult().cause() instanceof TooLongFrameException;
        counts.cut(large ? HttpCounts.Cut.TOO_LARGE : HttpCounts.Cut.MALFORMED);
        HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
    }

    private void watch(HttpConnection connection, HttpPatience patience, HttpDoor door) {
        if (!door.enter()) {
            counts.cut(HttpCounts.Cut.TOO_MANY);
            HttpWatch.refuse(connection);
            return;
        }
        counts.accepted();
        connection.closeHandler(
                v -> {
                    counts.closed();
                    door.leave();
                });
        HttpWatch.over(connection, patience, counts);
    }

    @Override
    public void handle(HttpServerRequest request) {
        router.handle(request);
    }

    private void dispatch(RoutingContext context, ApiPath path) {
        HttpServerRequest request = context.request();
        ApiRoute route = path.route(request.method());
        if (!request.path().equals(path.canonical(request.path()))) {
            otherSpelling(context);
        } else if (route != null) {
            run(context, route);
        } else if (request.method() == HttpMethod.OPTIONS) {
            BoundedBody.discard(request);
            send(context, Answer.bare().header("Allow", path.allowed()));
        } else {
            context.response().putHeader("Allow", path.allowed());
            refuse(context, 405);
        }
    }

    private void run(RoutingContext context, ApiRoute route) {
        if (route.isLogged()) logWhenDone(context);
        route.body(context.request())
                .recover(ApiRouter::unreadable)
                .compose(body -> route.answer(new ApiRequest(context, body)))
                .onComplete(result -> write(context, result));
    }

    /** The client broke off, or sent what is no body: its fault, and nothing for our log. */
    private static Future<Buffer> unreadable(Throwable e) {
        return Future.failedFuture(e instanceof HttpError ? e : new HttpError(500, INTERNAL_ERROR));
    }

    private void write(RoutingContext context, AsyncResult<Answer> result) {
        HttpServerResponse response = context.response();
        if (result.succeeded()) {
            send(context, result.result());
        } else if (result.cause() instanceof HttpError error) {
            send(context, Answer.error(error));
        } else if (!response.closed()) {
            HttpServerRequest request = context.request();
            log.log(
                    System.Logger.Level.ERROR,
                    request.method() + " " + request.uri() + " failed",
                    result.cause());
            send(context, Answer.error(new HttpError(500, INTERNAL_ERROR)));
        }
    }

    private void send(RoutingContext context, Answer answer) {
        counts.answered(answer.status());
        answer.writeTo(context.vertx(), context.response());
    }

    private void otherSpelling(RoutingContext context) {
        HttpServerRequest request = context.request();
        for (ApiPath path : paths.values()) {
            if (path.route(request.method()) == null) continue;
            String canonical = path.canonical(context.normalizedPath());
            if (canonical == null) continue;
            BoundedBody.discard(request);
            String query = request.query() == null ? "" : "?" + request.query();
            int status = request.method() == HttpMethod.GET ? 301 : 307;
            send(context, Answer.redirect(status, canonical + query));
            return;
        }
        refuse(context, 404);
    }

    private void refuse(RoutingContext context, int status) {
        if (context.failure() != null) {
            log.log(System.Logger.Level.ERROR, "request failed", context.failure());
        }
        logWhenDone(context);
        BoundedBody.discard(context.request());
        send(context, Answer.error(new HttpError(status, code(status))));
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "INVALID_REQUEST";
            case 404 -> "NOT_FOUND";
            case 405 -> "METHOD_NOT_ALLOWED";
            default -> INTERNAL_ERROR;
        };
    }

    private void logWhenDone(RoutingContext context) {
        if (!log.isLoggable(System.Logger.Level.INFO)) return;
        long startNs = System.nanoTime();
        HttpServerRequest request = context.request();
        // Taken now: a connection that ends early forgets its peer.
        String peer = String.valueOf(request.remoteAddress());
        context.addEndHandler(
                end -> {
                    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNs);
                    log.log(
                            System.Logger.Level.INFO,
                            context.response().getStatusCode()
                                    + " "
                                    + request.method()
                                    + " "
                                    + request.uri()
                                    + " ("
                                    + peer
                                    + ") "
                                    + GoDuration.format(elapsed));
                });
    }
}
