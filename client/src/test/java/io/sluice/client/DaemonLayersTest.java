package io.sluice.client;

import static io.sluice.client.ProducerTest.assertFailsWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sluice.daemon.Running;
import io.sluice.protocol.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A daemon that lets nobody in without a certificate and a secret. */
@Timeout(120)
class DaemonLayersTest {
    private static final int COUNT = 300;

    @TempDir static Path folder;
    private static Certificates certificates;
    private static HttpServer auth;
    private static Running nsqd;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.make(folder, "RSA");
        auth = authServer();
        nsqd =
                Daemons.nsqd(
                        "--data-path=" + Files.createDirectories(folder.resolve("data")),
                        "--tls-cert=" + certificates.certificate(),
                        "--tls-key=" + certificates.key(),
                        "--tls-root-ca-file=" + certificates.certificate(),
                        "--tls-client-auth-policy=require-verify",
                        "--auth-http-address=127.0.0.1:" + auth.getAddress().getPort());
    }

    private static HttpServer authServer() throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = HttpServer.create(free, 0);
        server.createContext(
                "/auth",
                exchange -> {
                    boolean known = exchange.getRequestURI().getQuery().contains("secret=open");
                    String all =
                            "{\"topic\":\"^t$\",\"channels\":[\".*\"],"
                                    + "\"permissions\":[\"subscribe\",\"publish\"]}";
                    String answer =
                            "{\"ttl\":60,\"authorizations\":[%s]}".formatted(known ? all : "");
                    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        return server;
    }

    @AfterAll
    static void stop() {
        nsqd.stop();
        auth.stop(0);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void messagesGoThroughAllLayersAndBack(Compression compression) throws Exception {
        ConnectionOptions connection = connection("open").compression(compression).build();
        List<Bytes> bodies =
                IntStream.range(0, COUNT).mapToObj(i -> Bytes.utf8("m" + "x".repeat(i))).toList();
        try (Producer producer = producer(connection)) {
            producer.publish("t", bodies).get(60, TimeUnit.SECONDS);
        }
        BlockingQueue<Bytes> received = new LinkedBlockingQueue<>();
        ConsumerOptions options =
                ConsumerOptions.builder("t", "c")
                        .nsqd(nsqd.tcp().toString())
                        .connection(connection)
                        .build();
        TreeSet<Integer> lengths = new TreeSet<>();
        try (Consumer consumer = Consumer.start(options, m -> received.add(m.body()))) {
            while (lengths.size() < COUNT) {
                lengths.add(received.poll(60, TimeUnit.SECONDS).length());
            }
            assertThat(consumer.close(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(lengths.last()).isEqualTo(COUNT);
    }

    @Test
    void aWrongSecretIsRefused() throws Exception {
        try (Producer producer = producer(connection("wrong").build())) {
            CompletableFuture<Void> published = producer.publish("t", Bytes.utf8("1"));
            ConnectFailedException failure =
                    assertFailsWith(published, ConnectFailedException.class);
            assertThat(failure).hasCauseInstanceOf(NotAuthorizedException.class);
        }
    }

    @Test
    void aTopicThatTheSecretDoesNotOpenIsRefused() throws Exception {
        try (Producer producer = producer(connection("open").build())) {
            assertFailsWith(
                    producer.publish("other", Bytes.utf8("1")), NotAuthorizedException.class);
        }
    }

    @Test
    void whoHasNoCertificateIsRefused() throws Exception {
        ConnectionOptions connection =
                ConnectionOptions.builder()
                        .authSecret("open")
                        .tls(Tls.builder().trust(certificates.certificate()).build())
                        .build();
        try (Producer producer = producer(connection)) {
            assertFailsWith(producer.publish("t", Bytes.utf8("1")), ConnectFailedException.class);
        }
    }

    private static ConnectionOptions.Builder connection(String secret) throws Exception {
        Path certificate = certificates.certificate();
        return ConnectionOptions.builder()
                .authSecret(secret)
                .tls(
                        Tls.builder()
                                .trust(certificate)
                                .identity(certificate, certificates.key())
                                .build());
    }

    private static Producer producer(ConnectionOptions connection) {
        return new Producer(
                ProducerOptions.builder()
                        .nsqd(nsqd.tcp().toString())
                        .connection(connection)
                        .build());
    }
}
