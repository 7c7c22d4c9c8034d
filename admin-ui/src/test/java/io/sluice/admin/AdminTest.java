package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.StartException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page and its guards, without any daemon behind it. */
class AdminTest {
    /** Nothing can listen on it, so nothing answers there. */
    private static final String NOBODY = "127.0.0.1:1";

    private final Daemons daemons = new Daemons();

    @AfterEach
    void stop() {
        daemons.stop();
    }

    private HostAndPort admin(String... flags) {
        return daemons.admin(flags);
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
        JsonNode overview = Http.json(admin, "/api/v2/view?view=overview");
        assertThat(overview.at("/attention").findValuesAsText("rule"))
                .containsExactly("lookup-silent");
    }

    @Test
    void thePageIsWholeAndGuarded() {
        HostAndPort admin = admin("--lookupd-http-address=" + NOBODY, "--base-path=adm/");
        HttpResponse<String> page = Http.get(admin, "/adm");
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        Matcher file = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(page.body());
        int files = 0;
        while (file.find()) {
            HttpResponse<String> found = Http.get(admin, file.group(1));
            assertThat(found.statusCode()).as(file.group(1)).isEqualTo(200);
            files++;
        }
        assertThat(files).isGreaterThan(8);
        assertThat(page.body()).contains(" data-max-count=\"10000\"");
        // Whatever stands in the page itself would be refused by its own policy.
        assertThat(page.body()).doesNotContain("<style", "style=", "onclick=", "<script>", "{{");
        assertThat(Http.get(admin, "/topics").statusCode()).isEqualTo(404);
        for (String path : List.of("/adm/topics/a/b", "/adm/api/topics", "/nope")) {
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
    void otherSitesChangeNothing() {
        HostAndPort admin = admin("--nsqd-http-address=" + NOBODY);
        String body = "{\"topic\":\"t\"}";
        assertThat(post(admin, body, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
        assertThat(post(admin, body, "Origin", "http://elsewhere.example")).isEqualTo(403);
        // Of our own site, but not by our own page.
        assertThat(post(admin, body, "Sec-Fetch-Site", "same-origin")).isEqualTo(403);
        assertThat(
                        post(
                                admin,
                                body,
                                "Sec-Fetch-Site",
                                "same-origin",
                                "Origin",
                                "http://" + admin,
                                "X-Sluice-Admin",
                                "1"))
                .isEqualTo(200);
        assertThat(post(admin, body)).isEqualTo(200);
    }

    private static int post(HostAndPort admin, String body, String... headers) {
        return Http.request("POST", admin, "/api/topics", body, headers).statusCode();
    }

    @Test
    void aNameThatIsNotOursIsNotAnswered() {
        // The JDK's client sends no Host but the real one: so the name is one that resolves.
        HostAndPort admin = admin("--nsqd-http-address=" + NOBODY);
        HostAndPort byName = new HostAndPort("localhost", admin.port());
        assertThat(Http.get(byName, "/ping").statusCode()).isEqualTo(200);
        assertThat(RawHttp.status(admin, "rebound.example:4171")).isEqualTo(421);
        HostAndPort open = admin("--nsqd-http-address=" + NOBODY, "--allowed-host=ADMIN.example");
        assertThat(RawHttp.status(open, "admin.example:4171")).isEqualTo(200);
    }

    @Test
    void rolesAreThoseThatATrustedProxyVouchesFor() {
        HostAndPort admin =
                admin("--nsqd-http-address=" + NOBODY, "--admin-user=ann", "--operator-user=bob");
        String create = "{\"topic\":\"t\"}";
        assertThat(post(admin, create)).isEqualTo(403);
        assertThat(post(admin, create, "X-Forwarded-User", "eve")).isEqualTo(403);
        assertThat(post(admin, create, "X-Forwarded-User", "bob")).isEqualTo(200);
        assertThat(delete(admin, "bob")).isEqualTo(403);
        assertThat(delete(admin, "ann")).isEqualTo(502);
        HostAndPort distant =
                admin(
                        "--nsqd-http-address=" + NOBODY,
                        "--admin-user=ann",
                        "--trusted-proxy=10.0.0.0/8");
        assertThat(delete(distant, "ann")).isEqualTo(403);
    }

    private static int delete(HostAndPort admin, String user) {
        String path = "/api/topics/unknown";
        return Http.request("DELETE", admin, path, "", "X-Forwarded-User", user).statusCode();
    }

    @Test
    void withAUsersFileEverybodyLogsIn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("users");
        // Of the token "secret".
        String hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
        Files.writeString(file, "robot viewer sha256:" + hash);
        HostAndPort admin = admin("--nsqd-http-address=" + NOBODY, "--users-file=" + file);
        HttpResponse<String> unknown = Http.get(admin, "/");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.headers().firstValue("www-authenticate")).isPresent();
        assertThat(Http.get(admin, "/api/v2/live?view=topics").statusCode()).isEqualTo(401);
        assertThat(Http.get(admin, "/", "Authorization", "Bearer wrong").statusCode())
                .isEqualTo(401);
        String[] known = {"Authorization", "Bearer secret"};
        assertThat(Http.get(admin, "/", known).body()).contains("data-role=\"viewer\"");
        assertThat(post(admin, "{\"topic\":\"t\"}", known)).isEqualTo(403);
        assertThat(Http.get(admin, "/ping").statusCode()).isEqualTo(200);
    }

    @Test
    void configIsReadAndTheLookupNodesAreChanged() {
        HostAndPort admin = admin("--lookupd-http-address=" + NOBODY);
        String option = "/config/nsqlookupd_http_addresses";
        assertThat(Http.json(admin, option).toString()).isEqualTo("[\"" + NOBODY + "\"]");
        assertThat(Http.json(admin, "/config/log_level").intValue()).isEqualTo(4);
        HttpResponse<String> changed = Http.request("PUT", admin, option, "[\"127.0.0.1:2\"]");
        assertThat(changed.body()).isEqualTo("[\"127.0.0.1:2\"]");
        assertThat(Http.json(admin, "/api/v2/view?view=lookup").at("/lookups").has("127.0.0.1:2"))
                .isTrue();
        assertThat(Http.get(admin, "/config/nope").statusCode()).isEqualTo(400);
        assertThat(Http.json(admin, "/config/statsd_interval").longValue())
                .isEqualTo(60_000_000_000L);
        assertThat(Http.get(admin, "/config/statsd_prefix").body()).isEqualTo("nsq.%s");
        assertThat(Http.request("PUT", admin, "/config/base_path", "/x").statusCode())
                .isEqualTo(400);
        assertThat(Http.request("PUT", admin, option, "[\"no port\"]").statusCode()).isEqualTo(400);
        assertThat(Http.request("PUT", admin, "/config/log_level", "warn").body()).isEqualTo("3");
        HostAndPort closed =
                admin("--lookupd-http-address=" + NOBODY, "--allow-config-from-cidr=10.0.0.0/8");
        assertThat(Http.get(closed, option).statusCode()).isEqualTo(403);
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
        "--nsqd-http-address=127.0.0.1:1 --trusted-proxy=x,"
                + " --trusted-proxy 'x' is not a network such as 10.0.0.0/8 or fd00::/8",
        "--nsqd-http-address=127.0.0.1:1 --proxy-graphite,"
                + " --proxy-graphite needs a --graphite-url",
        "--nsqd-http-address=127.0.0.1:1 --graphite-url=graphite:8080,"
                + " --graphite-url 'graphite:8080' is no URL of HTTP",
        "--nsqd-http-address=127.0.0.1:1 --http-client-tls-cert=c.pem,"
                + " --http-client-tls-key and --http-client-tls-cert must be specified together"
    })
    void badFlagsAreNamed(String flags, String why) {
        assertThatThrownBy(() -> admin(flags.isEmpty() ? new String[0] : flags.split(" ")))
                .isInstanceOf(StartException.class)
                .hasMessage(why);
    }
}
