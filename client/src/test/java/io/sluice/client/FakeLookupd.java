package io.sluice.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A lookup node that gives every question the answer which the test last set. */
final class FakeLookupd implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<String> questions = new LinkedBlockingQueue<>();
    private volatile String format = "nsq; version=1.0";
    private volatile String body = "{\"channels\":[],\"producers\":[]}";
    private volatile int status = 200;

    FakeLookupd() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers as nsqlookupd 1.x, with these daemons. */
    void producers(FakeNsqd... nsqds) {
        body = list(nsqds);
    }

    /** Answers as nodes did before version 1.0. */
    void wrappedProducers(FakeNsqd... nsqds) {
        format = null;
        body = "{\"status_code\":200,\"status_txt\":\"OK\",\"data\":" + list(nsqds) + "}";
    }

    void fail(int status, String body) {
        this.status = status;
        this.body = body;
    }

    private static String list(FakeNsqd... nsqds) {
        StringBuilder list = new StringBuilder();
        for (FakeNsqd nsqd : nsqds) {
            if (!list.isEmpty()) list.append(',');
            list.append("{\"remote_address\":\"127.0.0.1:1\",\"hostname\":\"h\",")
                    .append("\"broadcast_address\":\"127.0.0.1\",\"http_port\":1,\"tcp_port\":")
                    .append(nsqd.port())
                    .append(",\"version\":\"1.3.0\"}");
        }
        return "{\"channels\":[\"c\"],\"producers\":[" + list + "]}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.add(
                exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Accept"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (format != null) exchange.getResponseHeaders().add("X-NSQ-Content-Type", format);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The path and query of the next question, and what it accepts. */
    String question() throws InterruptedException {
        return questions.poll(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS);
    }

    int questionsWaiting() {
        return questions.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
