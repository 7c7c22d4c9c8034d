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
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Asks daemons by HTTP, and waits for each answer no longer than allowed. */
public final class Upstream {
    /** Bytes of one answer: the statistics of some thirty thousand channels. */
    static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private static final int READ_AT_ONCE = 16 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final Duration requestTimeout;

    /** Daemons that want TLS, and where they answer over it. */
    private final Map<HostAndPort, HostAndPort> secured = new HashMap<>();

    /**
     * How daemons are asked that want TLS.
     *
     * @param believesAll whatever certificate a daemon shows
     * @param trust null for what the JVM trusts
     * @param identity what a daemon is shown; null for nothing
     */
    public record Tls(boolean believesAll, TrustOptions trust, KeyCertOptions identity) {}

    /** Both times are at least a millisecond. */
    public Upstream(Vertx vertx, Duration connectTimeout, Duration requestTimeout, Tls tls) {
        this.vertx = vertx;
        int connectTimeoutMs = (int) connectTimeout.toMillis();
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setConnectTimeout(connectTimeoutMs)
                                .setTrustAll(tls.believesAll())
                                .setVerifyHost(!tls.believesAll())
                                .setTrustOptions(tls.believesAll() ? null : tls.trust())
                                .setKeyCertOptions(tls.identity()));
        this.requestTimeout = requestTimeout;
    }

    /** The answer to a GET; fails with {@link NoAnswer} only. */
    public <T> Future<T> ask(HostAndPort daemon, String uri, Class<T> type) {
        return exchange(HttpMethod.GET, daemon, uri, Buffer.buffer(), requestTimeout)
                .compose(body -> read(body, type))
                .recover(e -> Future.failedFuture(inWords(e, requestTimeout)));
    }

    /** What is large is read beside the event loop, which has pages to send meanwhile. */
    private <T> Future<T> read(Buffer body, Class<T> type) {
        if (body.length() <= READ_AT_ONCE) return Future.succeededFuture(Json.read(body, type));
        return vertx.executeBlocking(() -> Json.read(body, type), false);
    }

    /** Has a daemon do something; fails with {@link NoAnswer} only. */
    public Future<Void> tell(HostAndPort daemon, String uri, Buffer body) {
        return exchange(HttpMethod.POST, daemon, uri, body, requestTimeout)
                .recover(e -> Future.failedFuture(inWords(e, requestTimeout)))
                .mapEmpty();
    }

    /**
     * Has a daemon do something that takes its time, and gives what it answers; fails with {@link
     * NoAnswer} only. A daemon that has not answered by then may be doing it all the same.
     */
    public <T> Future<T> tell(HostAndPort daemon, String uri, Duration patience, Class<T> type) {
        return exchange(HttpMethod.POST, daemon, uri, Buffer.buffer(), patience)
                .compose(body -> read(body, type))
                .recover(e -> Future.failedFuture(inWords(e, patience)));
    }

    private Future<Buffer> exchange(
            HttpMethod method, HostAndPort daemon, String uri, Buffer content, Duration timeout) {
        HostAndPort secure = secured.get(daemon);
        if (secure == null) {
            return exchange(method, daemon, false, uri, content, timeout)
                    .recover(
                            e -> {
                                if (!(e instanceof WantsTls wanting)) return Future.failedFuture(e);
                                secured.put(daemon, daemon.withPort(wanting.port));
                                return exchange(method, daemon, uri, content, timeout);
                            });
        }
        return exchange(method, secure, true, uri, content, timeout)
                // It may have been started anew, without TLS.
                .onFailure(e -> secured.remove(daemon));
    }

    private Future<Buffer> exchange(
            HttpMethod method,
            HostAndPort daemon,
            boolean tls,
            String uri,
            Buffer content,
            Duration timeout) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(method)
                        .setSsl(tls)
                        .setHost(daemon.bindHost())
                        .setPort(daemon.port())
                        .setURI(uri)
                        .putHeader("Accept", "application/vnd.nsq; version=1.0");
        // A client that is being closed throws, and that is a failure as any other.
        return Future.succeededFuture(options)
                .compose(client::request)
                .compose(request -> send(request, content, timeout))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Future<Buffer> send(
            HttpClientRequest request, Buffer content, Duration timeout) {
        return request.send(content)
                .compose(Upstream::body)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
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
            Refusal refusal = Json.read(content, Refusal.class);
            code = refusal.message();
            if (status == 403 && refusal.isToHttps()) {
                return Future.failedFuture(new WantsTls(refusal.httpsPort()));
            }
        } catch (IllegalArgumentException e) {
            // No daemon of NSQ: the status has to do.
        }
        String words = code == null || code.isEmpty() ? "" : " (" + code + ")";
        return Future.failedFuture(new NoAnswer("answers with status " + status + words));
    }

    /** The form of all errors. */
    record Refusal(String message, int httpsPort) {
        boolean isToHttps() {
            return httpsPort > 0 && httpsPort <= 65_535;
        }
    }

    /** A daemon that answers over HTTPS only, on that port. */
    private static final class WantsTls extends Exception {
        private static final long serialVersionUID = 1;

        private final int port;

        WantsTls(int port) {
            super("wants TLS", null, false, false);
            this.port = port;
        }
    }

    private static void append(Buffer chunk, Buffer body, Promise<Buffer> whole) {
        if (body.length() + chunk.length() <= MAX_ANSWER_BYTES) body.appendBuffer(chunk);
        else whole.tryFail(new NoAnswer("answers with more than " + MAX_ANSWER_BYTES + " bytes"));
    }

    private static NoAnswer inWords(Throwable failure, Duration timeout) {
        if (failure instanceof NoAnswer noAnswer) return noAnswer;
        String why = failure.getMessage();
        if (failure instanceof TimeoutException) {
            return new NoAnswer("does not answer within " + GoDuration.format(timeout));
        }
        if (failure instanceof UnknownHostException) {
            return new NoAnswer("cannot be reached (its name does not resolve)");
        }
        if (failure instanceof ConnectException) {
            // Netty names the address once more behind the reason.
            String reason = why == null ? "no connection" : why.split(": ", 2)[0];
            return new NoAnswer("cannot be reached (" + reason + ")");
        }
        if (failure instanceof SSLException) {
            return new NoAnswer("fails at TLS (" + why + ")");
        }
        if (failure instanceof IllegalArgumentException) {
            return new NoAnswer("is no NSQ daemon of this kind (" + why + ")");
        }
        return new NoAnswer("cannot be asked (" + (why == null ? failure : why) + ")");
    }
}
