package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.daemon.StartException;
import io.sluice.nsqd.Nsqd;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminTest {
    /** Nothing can listen on it, so nothing answers there. */
    private static final String NOBODY = "127.0.0.1:1";

    private final Deque<Running> started = new ArrayDeque<>();

    @TempDir Path folder;

    @AfterEach
    void stop() {
        started.forEach(Running::stop);
    }

    private HostAndPort admin(String... flags) {
        List<String> words = new ArrayList<>(List.of(flags));
        words.add("--log-level=error");
        words.add("--http-address=127.0.0.1:0");
        return started(Launcher.start(new Admin(), words.toArray(String[]::new)));
    }

    private HostAndPort nsqd() {
        return started(
                Launcher.start(
                        new Nsqd(),
                        "--log-level=error",
                        "--tcp-address=127.0.0.1:0",
                        "--http-address=127.0.0.1:0",
                        "--broadcast-address=127.0.0.1",
                        "--data-path=" + folder));
    }

    private HostAndPort started(Running running) {
        started.push(running);
        return running.http();
    }

    @Test
    void nodesMayBeGivenInsteadOfLookupNodes() {
        HostAndPort nsqd = nsqd();
        Http.post(nsqd, "/pub?topic=t", "m");
        HostAndPort admin = admin("--nsqd-http-address=" + nsqd, "--nsqd-http-address=" + NOBODY);
        JsonNode cluster = Http.json(admin, "/api/v2/cluster");
        assertThat(cluster.at("/totals/depth").longValue()).isEqualTo(1);
        assertThat(cluster.at("/lookups").intValue()).isZero();
        assertThat(cluster.at("/nodes/0/problem").textValue())
                .isEqualTo("cannot be reached (Connection refused)");
        assertThat(cluster.at("/problems")).hasSize(1);

        String missing =
                "WARNING: nsqd "
                        + NOBODY
                        + " cannot be reached (Connection refused): what it holds is missing here.";
        assertThat(Http.json(admin, "/api/topics").toString())
                .isEqualTo("{\"topics\":[\"t\"],\"message\":\"" + missing + "\"}");
        JsonNode nodes = Http.json(admin, "/api/nodes");
        assertThat(nodes.at("/message").textValue()).isEqualTo(missing);
        assertThat(nodes.at("/nodes")).hasSize(1);
        assertThat(nodes.at("/nodes/0/remote_addresses").isNull()).isTrue();
    }

    @Test
    void whenNothingAnswersItIsABadGateway() {
        HostAndPort admin = admin("--lookupd-http-address=" + NOBODY);
        HttpResponse<String> response = Http.get(admin, "/api/topics");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(Http.tree(response.body()).at("/message").textValue())
                .isEqualTo(
                        "UPSTREAM_ERROR: nsqlookupd "
                                + NOBODY
                                + " cannot be reached (Connection refused): no nsqd can be found.");
        assertThat(Http.json(admin, "/api/v2/cluster").at("/problems")).hasSize(1);
    }

    @Test
    void inactiveTopicsAreNotPretendedToBeKnown() {
        HostAndPort admin = admin("--lookupd-http-address=" + NOBODY);
        assertThat(Http.get(admin, "/api/topics?inactive=true").statusCode()).isEqualTo(501);
    }

    @Test
    void thePageIsWholeAndGuarded() {
        HostAndPort admin = admin("--lookupd-http-address=" + NOBODY);
        HttpResponse<String> page = Http.get(admin, "/");
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        Matcher file = Pattern.compile("(?:src|href)=\"(static/[^\"]+)\"").matcher(page.body());
        while (file.find()) {
            HttpResponse<String> found = Http.get(admin, "/" + file.group(1));
            assertThat(found.statusCode()).as(file.group(1)).isEqualTo(200);
        }
        // Whatever stands in the page itself would be refused by its own policy.
        assertThat(page.body()).doesNotContain("<style", "style=", "onclick=", "<script>");
        for (String path : List.of("/", "/static/app.js", "/api/topics", "/nope")) {
            assertThat(Http.get(admin, path).headers().map())
                    .as(path)
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .hasEntrySatisfying(
                            "content-security-policy",
                            policy ->
                                    assertThat(policy.get(0))
                                            .startsWith("default-src 'none'; script-src 'self';")
                                            .contains("frame-ancestors 'none'"));
        }
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() {
        HostAndPort admin = admin("--lookupd-http-address=" + NOBODY);
        String tag = Http.get(admin, "/static/app.js").headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = Http.get(admin, "/static/app.js", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void pingIsAnswered() {
        assertThat(Http.get(admin("--nsqd-http-address=" + NOBODY), "/ping").body())
                .isEqualTo("OK");
    }

    @ParameterizedTest
    @CsvSource({
        "'', --nsqd-http-address or --lookupd-http-address required",
        "--nsqd-http-address=a:1 --lookupd-http-address=b:1,"
                + " use --nsqd-http-address or --lookupd-http-address not both",
        "--nsqd-http-address=a.invalid:1,"
                + " --nsqd-http-address a.invalid:1: the name does not resolve",
        "--nsqd-http-address=127.0.0.1:1 --http-client-request-timeout=0s,"
                + " '--http-client-request-timeout must be 1ms to 596h, not 0s'",
        "--nsqd-http-address=127.0.0.1:1 --admin-user=me,"
                + " --admin-user is not supported yet: leave it at its default"
    })
    void badFlagsAreNamed(String flags, String why) {
        assertThatThrownBy(() -> admin(flags.isEmpty() ? new String[0] : flags.split(" ")))
                .isInstanceOf(StartException.class)
                .hasMessage(why);
    }
}
