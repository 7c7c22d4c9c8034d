package io.sluice.admin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.daemon.Blocking;
import io.sluice.daemon.HostAndPort;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Daemons that do not behave, on real sockets. */
class UpstreamTest {
    private final Vertx vertx = Vertx.vertx();
    private Duration patience = Duration.ofSeconds(30);

    @AfterEach
    void stop() {
        Blocking.await(vertx.close());
    }

    private HostAndPort daemon(Handler<HttpServerRequest> behaviour) {
        return new HostAndPort(
                "127.0.0.1",
                Blocking.await(
                                vertx.createHttpServer()
                                        .requestHandler(behaviour)
                                        .listen(0, "127.0.0.1"))
                        .actualPort());
    }

    private Upstream http() {
        Duration connecting = Duration.ofSeconds(2);
        return new Upstream(vertx, connecting, patience, new Upstream.Tls(false, null, null));
    }

    private LookupAnswer.Topics ask(HostAndPort daemon) {
        return Blocking.await(http().ask(daemon, "/topics", LookupAnswer.Topics.class));
    }

    private String complaint(HostAndPort daemon) {
        Throwable cause = catchThrowable(() -> ask(daemon)).getCause();
        assertThat(cause).isInstanceOf(NoAnswer.class);
        return cause.getMessage();
    }

    @Test
    void anAnswerIsRead() {
        HostAndPort daemon =
                daemon(
                        request ->
                                request.response().end("{\"topics\":[\"" + request.uri() + "\"]}"));
        assertThat(ask(daemon).topics()).isEqualTo(List.of("/topics"));
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        Buffer megabyte = Buffer.buffer(" ".repeat(1 << 20));
        HostAndPort daemon =
                daemon(
                        request -> {
                            request.response().setChunked(true);
                            for (int sent = 0; sent <= Upstream.MAX_ANSWER_BYTES; sent += 1 << 20) {
                                request.response().write(megabyte);
                            }
                        });
        assertThat(complaint(daemon)).isEqualTo("answers with more than 16777216 bytes");
    }

    @Test
    void silenceIsWaitedForOnlySoLong() {
        patience = Duration.ofMillis(50);
        assertThat(complaint(daemon(request -> {}))).isEqualTo("does not answer within 50ms");
    }

    @Test
    void halfAnAnswerIsWaitedForOnlySoLong() {
        patience = Duration.ofMillis(50);
        HostAndPort daemon =
                daemon(request -> request.response().setChunked(true).write("{\"topics\":["));
        assertThat(complaint(daemon)).isEqualTo("does not answer within 50ms");
    }

    @Test
    void whatTakesItsTimeIsWaitedForLonger() {
        patience = Duration.ofMillis(50);
        CompletableFuture<HttpServerRequest> slow = new CompletableFuture<>();
        HostAndPort daemon =
                daemon(
                        request -> {
                            if (request.method() == HttpMethod.POST) slow.complete(request);
                        });
        Future<JsonNode> told =
                http().tell(daemon, "/channel/move", Duration.ofSeconds(30), JsonNode.class);
        assertThat(complaint(daemon)).isEqualTo("does not answer within 50ms");
        slow.join().response().end("{\"moved\":7}");
        assertThat(Blocking.await(told).path("moved").asInt()).isEqualTo(7);
    }

    @Test
    void anErrorIsNamed() {
        HostAndPort daemon = daemon(request -> request.response().setStatusCode(500).end("oh"));
        assertThat(complaint(daemon)).isEqualTo("answers with status 500");
    }

    @Test
    void whatIsNotJsonIsNoDaemon() {
        HostAndPort daemon = daemon(request -> request.response().end("<html>"));
        assertThat(complaint(daemon)).startsWith("is no NSQ daemon of this kind");
    }

    @Test
    void whereNothingListensNothingIsReached() throws IOException {
        HostAndPort free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = new HostAndPort("127.0.0.1", socket.getLocalPort());
        }
        assertThat(complaint(free)).isEqualTo("cannot be reached (Connection refused)");
    }

    @Test
    void aNameThatDoesNotResolveIsSaidToBeOne() {
        assertThat(complaint(new HostAndPort("does-not-exist.invalid", 1)))
                .isEqualTo("cannot be reached (its name does not resolve)");
    }
}
