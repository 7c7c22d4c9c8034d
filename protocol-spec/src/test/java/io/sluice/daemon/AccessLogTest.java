package io.sluice.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    private final Vertx vertx = Vertx.vertx();
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        Blocking.await(vertx.close());
    }

    @Test
    void aRequestIsOneLineUnlessItsRouteIsNotLogged() throws Exception {
        LogFormat.install(
                new PrintStream(OutputStream.nullOutputStream(), true, UTF_8) {
                    @Override
                    public void print(String line) {
                        lines.add(line);
                    }
                });
        LogFormat.configure("io.sluice.daemon", "[pond] ", LogLevel.INFO);
        ApiRouter router = new ApiRouter(vertx, System.getLogger("io.sluice.daemon"));
        router.get("/quiet", request -> Answer.text("OK")).unlogged();
        router.get("/ping", request -> Answer.plain(200, "OK"));
        int port =
                Blocking.await(
                                vertx.createHttpServer(ApiRouter.httpOptions())
                                        .requestHandler(router)
                                        .listen(0, "127.0.0.1"))
                        .actualPort();
        get(port, "/quiet");
        get(port, "/ping?a=b");
        get(port, "/nope");
        assertThat(lines.poll(10, TimeUnit.SECONDS))
                .matches(
                        "\\[pond] [0-9/]{10} [0-9:]{8}\\.\\d{6} INFO: 200 GET /ping\\?a=b"
                                + " \\(127\\.0\\.0\\.1:\\d+\\) [0-9.]+(\u00b5s|ms|s)\n");
        assertThat(lines.poll(10, TimeUnit.SECONDS)).contains(" INFO: 404 GET /nope (");
    }

    private void get(int port, String uri) {
        HttpClient client = vertx.createHttpClient();
        Blocking.await(
                client.request(HttpMethod.GET, port, "127.0.0.1", uri)
                        .compose(request -> request.send())
                        .compose(response -> response.body()));
    }
}
