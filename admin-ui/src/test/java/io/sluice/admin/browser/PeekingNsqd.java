package io.sluice.admin.browser;

import com.sun.net.httpserver.HttpServer;
import io.sluice.daemon.HostAndPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A scripted queue daemon that can show the messages of its one channel. */
final class PeekingNsqd implements AutoCloseable {
    private static final String INFO =
            "{\"version\":\"1.3.0\",\"broadcast_address\":\"127.0.0.1\",\"hostname\":\"fake\","
                    + "\"http_port\":1,\"tcp_port\":2,\"features\":[\"peek\"]}";

    private static final String STATS =
            "{\"version\":\"1.3.0\",\"health\":\"OK\",\"start_time\":1700000000,\"topics\":[{"
                    + "\"topic_name\":\"peeked\",\"depth\":0,\"message_count\":3,\"channels\":[{"
                    + "\"channel_name\":\"c\",\"depth\":2,\"deferred_count\":1,"
                    + "\"message_count\":3,\"clients\":[]}]}]}";

    private final HttpServer server;

    PeekingNsqd() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/info", INFO);
        answer("/stats", STATS);
        answer("/channel/peek", messages());
        server.start();
    }

    HostAndPort http() {
        return new HostAndPort("127.0.0.1", server.getAddress().getPort());
    }

    private void answer(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                path,
                exchange -> {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
    }

    private static String messages() {
        long nowNs = System.currentTimeMillis() * 1_000_000;
        long dueNs = nowNs + 3_600_000_000_000L;
        return "{\"topic\":\"peeked\",\"channel\":\"c\",\"messages\":["
                + message(0, "{\"order\":17}".getBytes(StandardCharsets.UTF_8), nowNs, "queued", "")
                + ","
                + message(
                        1,
                        "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8),
                        nowNs,
                        "deferred",
                        "\"due\":" + dueNs + ",")
                + ","
                + message(2, new byte[] {0, -1, 7}, nowNs, "in_flight", "\"due\":" + dueNs + ",")
                + "]}";
    }

    private static String message(int id, byte[] body, long nowNs, String state, String due) {
        return ("{\"id\":\"0a1b2c3d4e5f600%d\",\"timestamp\":%d,\"attempts\":%d,"
                        + "\"state\":\"%s\",%s\"size\":%d,\"body\":\"%s\"}")
                .formatted(
                        id,
                        nowNs - 60_000_000_000L * (id + 1),
                        id,
                        state,
                        due,
                        body.length,
                        Base64.getEncoder().encodeToString(body));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
