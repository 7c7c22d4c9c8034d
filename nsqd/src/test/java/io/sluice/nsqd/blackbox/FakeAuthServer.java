package io.sluice.nsqd.blackbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** An auth server that answers as it is told to, and remembers what it was asked. */
final class FakeAuthServer implements AutoCloseable {
    private static final int PATIENCE_S = 20;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile CountDownLatch gate = new CountDownLatch(0);

    FakeAuthServer() throws IOException {
        this(HttpServer.create());
    }

    /** One with HTTPS, and with the certificate that is in there. */
    static FakeAuthServer secure(SSLContext context) throws IOException {
        HttpsServer https = HttpsServer.create();
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        return new FakeAuthServer(https);
    }

    private FakeAuthServer(HttpServer http) throws IOException {
        this.http = http;
        http.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes());
            asked.add(
                    exchange.getRequestMethod()
                            + " "
                            + exchange.getRequestURI()
                            + " "
                            + exchange.getRequestHeaders().getFirst("Accept")
                            + " "
                            + body);
            gate.await();
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    String address() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    String flag() {
        return "--auth-http-address=" + address();
    }

    FakeAuthServer answers(String json) {
        return answers(200, json);
    }

    FakeAuthServer answers(int newStatus, String body) {
        status = newStatus;
        answer = body;
        return this;
    }

    /** Grants this much, for an hour. */
    FakeAuthServer grants(String... authorizations) {
        return answers(
                "{\"ttl\":3600,\"identity\":\"me\",\"identity_url\":\"http://x\","
                        + "\"authorizations\":["
                        + String.join(",", authorizations)
                        + "]}");
    }

    static String authorization(String topic, String channel, String permission) {
        return "{\"topic\":\""
                + topic
                + "\",\"channels\":[\""
                + channel
                + "\"],\"permissions\":[\""
                + permission
                + "\"]}";
    }

    /** From now on answers wait for {@link #release}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    /** Method, URI, Accept header and body of the next request. */
    String nextRequest() {
        try {
            String request = asked.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (request == null) throw new AssertionError("nobody asked");
            return request;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int requests() {
        return asked.size();
    }

    @Override
    public void close() {
        release();
        http.stop(0);
        threads.shutdown();
    }
}
