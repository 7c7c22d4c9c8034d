package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts and rates of a graphite, as NSQ's nsqadmin asks for them. */
class GraphiteTest {
    private static final String TARGET = "sumSeries(stats.gauges.nsq.*.topic.t.depth)";

    private final Daemons daemons = new Daemons();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private HttpServer graphite;
    private volatile String answer = "[{\"target\":\"x\",\"datapoints\":[[120.0,1700000000]]}]";

    @TempDir Path folder;

    @BeforeEach
    void start() throws IOException {
        graphite = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        graphite.createContext(
                "/g/render",
                exchange -> {
                    String user = exchange.getRequestHeaders().getFirst("Authorization");
                    asked.add(exchange.getRequestURI().getQuery() + " " + user);
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "image/x-chart");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        graphite.start();
    }

    @AfterEach
    void stop() {
        graphite.stop(0);
        daemons.stop();
    }

    private String url(String user) {
        return "http://" + user + "127.0.0.1:" + graphite.getAddress().getPort() + "/g/";
    }

    private String asked() throws InterruptedException {
        return asked.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void aRateIsThatOfTheLastInterval() throws InterruptedException {
        HostAndPort admin =
                daemons.admin("--nsqd-http-address=127.0.0.1:1", "--graphite-url=" + url(""));
        String uri = "/api/graphite?metric=rate&target=" + TARGET;
        assertThat(Http.json(admin, uri).toString()).isEqualTo("{\"rate\":\"2.00\"}");
        assertThat(asked())
                .isEqualTo("format=json&from=-120sec&until=-60sec&target=" + TARGET + " null");
        answer = "[{\"target\":\"x\",\"datapoints\":[[-1,1700000000]]}]";
        assertThat(Http.json(admin, uri).toString()).isEqualTo("{\"rate\":\"N/A\"}");
        answer = "[]";
        assertThat(Http.get(admin, uri).statusCode()).isEqualTo(500);
        assertThat(Http.get(admin, "/api/graphite?metric=x").body()).contains("INVALID_ARG_METRIC");
        assertThat(Http.get(admin, "/api/graphite?metric=rate").body())
                .contains("INVALID_ARG_TARGET");
        assertThat(Http.get(admin, "/render").statusCode()).isEqualTo(404);
    }

    @Test
    void aChartIsLinkedAndFetchedForTheBrowserWithASecretThatItDoesNotSee()
            throws InterruptedException {
        Running nsqd = daemons.nsqd(folder);
        Http.post(nsqd.http(), "/topic/create?topic=t", "");
        HostAndPort admin =
                daemons.admin(
                        "--nsqd-http-address=" + nsqd.http(),
                        "--base-path=/adm",
                        "--proxy-graphite",
                        "--graphite-url=" + url("ann:secret@"));
        String view = "/adm/api/v2/view?view=topic&topic=t";
        String link =
                Http.await(admin, view, tree -> tree.has("graphite"))
                        .at("/graphite/depth")
                        .textValue();
        assertThat(link).startsWith("/adm/render?target=").doesNotContain("secret");
        HttpResponse<String> chart = Http.get(admin, link);
        assertThat(chart.body()).isEqualTo(answer);
        assertThat(chart.headers().allValues("content-type")).isEqualTo(List.of("image/x-chart"));
        assertThat(asked())
                .isEqualTo(
                        "target="
                                + TARGET
                                + "&from=-1h&width=800&height=450 Basic YW5uOnNlY3JldA==");
    }
}
