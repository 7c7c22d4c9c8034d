package io.sluice.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.daemon.StartException;
import io.sluice.daemon.Up;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice up} with its three daemons, which is a whole cluster. */
class UpTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Running up;

    @TempDir Path folder;

    private void up(String... flags) {
        List<String> words = new ArrayList<>();
        words.add("--log-level=error");
        for (String listener :
                List.of(
                        "nsqlookupd-tcp",
                        "nsqlookupd-http",
                        "nsqd-tcp",
                        "nsqd-http",
                        "nsqadmin-http")) {
            words.add("--" + listener + "-address=127.0.0.1:0");
        }
        words.add("--data-path=" + folder);
        words.addAll(List.of(flags));
        Up command = new Up(new PrintStream(out, true, UTF_8));
        up = Launcher.start(command, words.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        if (up != null) up.stop();
    }

    /** Where a daemon is, as it was printed: its name, then http://address, then tcp://address. */
    private HostAndPort at(String daemon, String scheme) {
        Pattern line = Pattern.compile("(?m)^" + daemon + " .*?" + scheme + "://(\\S+)");
        Matcher found = line.matcher(out.toString(UTF_8));
        assertThat(found.find()).as(out.toString(UTF_8)).isTrue();
        return HostAndPort.parse(found.group(1));
    }

    @Test
    void aPublishedMessageIsSeenAllTheWayUp() {
        up();
        HostAndPort nsqd = at("nsqd", "http");
        assertThat(out.toString(UTF_8)).contains("http://" + nsqd + "/pub?topic=test");
        Http.post(nsqd, "/topic/create?topic=orders", "");
        Http.post(nsqd, "/channel/create?topic=orders&channel=c", "");
        Http.post(nsqd, "/pub?topic=orders", "hello");

        String lookup = "/lookup?topic=orders";
        JsonNode found =
                Http.await(
                        at("nsqlookupd", "http"),
                        lookup,
                        answer -> answer.path("producers").size() == 1);
        assertThat(found.at("/producers/0/tcp_port").intValue())
                .isEqualTo(at("nsqd", "tcp").port());

        HostAndPort admin = at("nsqadmin", "http");
        String look = "/api/v2/view?view=topic&topic=orders";
        JsonNode topic =
                Http.await(admin, look, answer -> answer.at("/channels/c/depth").asLong() == 1);
        assertThat(topic.at("/own/messages").longValue()).isEqualTo(1);
        assertThat(topic.at("/nodes").has(nsqd.toString())).isTrue();
        assertThat(Http.json(admin, "/api/topics").toString())
                .isEqualTo("{\"topics\":[\"orders\"],\"message\":\"\"}");
        JsonNode nodes = Http.json(admin, "/api/nodes");
        assertThat(nodes.at("/nodes/0/http_port").intValue()).isEqualTo(nsqd.port());
        assertThat(nodes.at("/nodes/0/topics/0/topic").textValue()).isEqualTo("orders");
    }

    @Test
    void aPortThatIsTakenIsSaidWithDaemonAndFlag() {
        up();
        HostAndPort taken = at("nsqd", "http");
        assertThatThrownBy(
                        () ->
                                Launcher.start(
                                        new Up(new PrintStream(out, true, UTF_8)),
                                        "--data-path=" + folder.resolve("other"),
                                        "--nsqlookupd-tcp-address=127.0.0.1:0",
                                        "--nsqlookupd-http-address=127.0.0.1:0",
                                        "--nsqd-tcp-address=127.0.0.1:0",
                                        "--nsqd-http-address=" + taken))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("nsqd cannot listen on " + taken)
                .hasMessageEndingWith("; choose another with --nsqd-http-address");
    }

    @Test
    void allPortsAreFreeOnceItHasStopped() throws IOException {
        up();
        up.stop();
        for (HostAndPort address :
                List.of(
                        at("nsqlookupd", "tcp"),
                        at("nsqlookupd", "http"),
                        at("nsqd", "tcp"),
                        at("nsqd", "http"),
                        at("nsqadmin", "http"))) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(address.host(), address.port()));
            }
        }
    }
}
