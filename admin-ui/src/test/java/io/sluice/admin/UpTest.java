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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code sluice up} with its three daemons, which is a whole cluster. */
class UpTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Running up;

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
        words.addAll(List.of(flags));
        Up command = new Up(new PrintStream(out, true, UTF_8));
        up = Launcher.start(command, words.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        if (up != null) up.stop();
    }

    private HostAndPort at(String listener) {
        return up.listening().get(listener);
    }

    @Test
    void aPublishedMessageIsSeenAllTheWayUp() {
        up();
        HostAndPort nsqd = at("nsqd HTTP");
        assertThat(out.toString(UTF_8)).contains("http://" + nsqd + "/pub?topic=test");
        Http.post(nsqd, "/topic/create?topic=orders", "");
        Http.post(nsqd, "/channel/create?topic=orders&channel=c", "");
        Http.post(nsqd, "/pub?topic=orders", "hello");

        String lookup = "/lookup?topic=orders";
        JsonNode found =
                Http.await(
                        at("nsqlookupd HTTP"),
                        lookup,
                        answer -> answer.path("producers").size() == 1);
        assertThat(found.at("/producers/0/tcp_port").intValue()).isEqualTo(at("nsqd TCP").port());

        HostAndPort admin = at("nsqadmin HTTP");
        JsonNode cluster =
                Http.await(
                        admin,
                        "/api/v2/cluster",
                        answer -> answer.at("/topics/0/channels/0/depth").asLong() == 1);
        assertThat(cluster.at("/topics/0/name").textValue()).isEqualTo("orders");
        assertThat(cluster.at("/topics/0/messages").longValue()).isEqualTo(1);
        assertThat(cluster.at("/nodes/0/address").textValue()).isEqualTo(nsqd.toString());
        assertThat(cluster.at("/nodes/0/registered_at").intValue()).isEqualTo(1);
        assertThat(cluster.at("/problems")).isEmpty();
        assertThat(Http.json(admin, "/api/topics").toString())
                .isEqualTo("{\"topics\":[\"orders\"],\"message\":\"\"}");
        JsonNode nodes = Http.json(admin, "/api/nodes");
        assertThat(nodes.at("/nodes/0/http_port").intValue()).isEqualTo(nsqd.port());
        assertThat(nodes.at("/nodes/0/topics/0/topic").textValue()).isEqualTo("orders");
    }

    @Test
    void aPortThatIsTakenIsSaidWithDaemonAndFlag() {
        up();
        HostAndPort taken = at("nsqd HTTP");
        assertThatThrownBy(
                        () ->
                                Launcher.start(
                                        new Up(new PrintStream(out, true, UTF_8)),
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
        for (HostAndPort address : up.listening().values()) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(address.host(), address.port()));
            }
        }
    }
}
