package io.sluice.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.HttpCounts.Cut;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients of an HTTP server that send garbage, or nothing, or never read. */
class HttpWatchTest {
    private static final int DEADLINE_MS = 20_000;
    private static final HttpPatience SHORT = new HttpPatience(200, 200, 200, 200);

    /** In which one thing is waited for, and all else takes as long as it likes. */
    private static final int LONG = 1_000_000;

    /** Connections at once. */
    private static final int MOST = 5;

    private final Vertx vertx = Vertx.vertx();
    private final HttpCounts counts = new HttpCounts();
    private int port;

    @BeforeEach
    void open() {
        port = listen(SHORT);
    }

    private int listen(HttpPatience patience) {
        ApiRouter router =
                new ApiRouter(vertx, System.getLogger(HttpWatchTest.class.getName()), counts);
        router.get("/ok", request -> Answer.text("OK"));
        router.post("/pub", request -> Answer.text("OK")).body(1000, "MSG_TOO_BIG");
        router.get("/endless", request -> Answer.sliced("text/plain", endless()));
        HttpServer server = vertx.createHttpServer(ApiRouter.httpOptions());
        router.serveOn(server, patience, new HttpDoor(() -> MOST));
        return Blocking.await(server.listen(0, "127.0.0.1")).actualPort();
    }

    private static Iterator<Buffer> endless() {
        return Collections.nCopies(1_000_000, Buffer.buffer(new byte[65_536])).iterator();
    }

    @AfterEach
    void close() {
        Blocking.await(vertx.close());
    }

    private Socket connect(int to) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), to);
        socket.setSoTimeout(DEADLINE_MS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** All that comes until the server closes the connection. */
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    private void cutFor(Cut why, HttpPatience patience, String request) throws IOException {
        try (Socket socket = connect(listen(patience))) {
            send(socket, request);
            assertThat(rest(socket)).isEmpty();
        }
        assertThat(counts.cuts()).containsEntry(why, 1L);
    }

    @Test
    void headersThatDoNotEndAreNotWaitedFor() throws IOException {
        cutFor(
                Cut.SLOW_REQUEST,
                new HttpPatience(200, LONG, LONG, LONG),
                "GET /ok HTTP/1.1\r\nHost: x\r\nX-Drip: a");
    }

    @Test
    void noByteByByteTrickHelps() throws IOException {
        try (Socket socket = connect(listen(new HttpPatience(200, LONG, LONG, LONG)))) {
            send(socket, "GET /ok HTTP/1.1\r\n");
            // Each byte is a sign of life; together they are still not a request.
            while (counts.cuts().get(Cut.SLOW_REQUEST) == 0) {
                // Not so fast that the headers grow too large before.
                LockSupport.parkNanos(1_000_000);
                try {
                    send(socket, "a");
                } catch (IOException e) {
                    break;
                }
            }
        }
        assertThat(counts.cuts()).containsEntry(Cut.SLOW_REQUEST, 1L);
    }

    @Test
    void aBodyThatDoesNotEndIsNotWaitedFor() throws IOException {
        cutFor(
                Cut.SLOW_REQUEST,
                new HttpPatience(LONG, 200, LONG, LONG),
                "POST /pub HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nshort");
    }

    @Test
    void whoSaysNothingIsLeft() throws IOException {
        cutFor(Cut.IDLE, new HttpPatience(LONG, LONG, 200, LONG), "");
    }

    @Test
    void anAnswerThatNobodyReadsIsNotKept() throws IOException {
        try (Socket socket = connect(listen(new HttpPatience(LONG, LONG, LONG, 500)))) {
            send(socket, "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
            while (counts.cuts().get(Cut.UNREAD_ANSWER) == 0) Thread.onSpinWait();
        }
        assertThat(counts.cuts()).containsEntry(Cut.UNREAD_ANSWER, 1L);
    }

    @Test
    void garbageIsAnsweredAndCounted() throws IOException {
        try (Socket socket = connect(port)) {
            send(socket, "\0\1\2 what is this\r\n\r\n");
            assertThat(rest(socket)).startsWith("HTTP/1.0 400 ");
        }
        assertThat(counts.cuts()).containsEntry(Cut.MALFORMED, 1L);
    }

    @Test
    void aRequestLineOrHeadersWithoutEndAreAnsweredAndCounted() throws IOException {
        try (Socket socket = connect(port)) {
            send(socket, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n");
            assertThat(rest(socket)).startsWith("HTTP/1.0 414 ");
        }
        try (Socket socket = connect(port)) {
            send(socket, "GET /ok HTTP/1.1\r\nX: " + "a".repeat(70_000) + "\r\n\r\n");
            assertThat(rest(socket)).startsWith("HTTP/1.1 431 ");
        }
        assertThat(counts.cuts()).containsEntry(Cut.TOO_LARGE, 2L);
    }

    @Test
    void whoBehavesIsServedAgainAndAgainOnOneConnection() throws IOException {
        try (Socket socket = connect(listen(HttpPatience.USUAL))) {
            String request = "GET /ok HTTP/1.1\r\nHost: x\r\n\r\n";
            String last = "GET /ok HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            // Two in one segment, one in two, and the last.
            send(socket, request + request + request.substring(0, 10));
            send(socket, request.substring(10) + last);
            String answers = rest(socket);
            assertThat(Stream.of(answers.split("HTTP/1.1 200 OK", -1))).hasSize(5);
        }
        assertThat(counts.answers()).isEqualTo(java.util.Map.of(200, 4L));
        assertThat(counts.connections()).isEqualTo(1);
        assertThat(counts.cuts().values()).containsOnly(0L);
    }

    @Test
    void moreConnectionsThanAllowedAreClosedAtOnceAndCounted() throws IOException {
        int patient = listen(new HttpPatience(LONG, LONG, LONG, LONG));
        List<Socket> inside = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            inside.add(connect(patient));
            send(inside.get(i), "GET /ok HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(inside.get(i).getInputStream().read()).isEqualTo('H');
        }
        try (Socket outside = connect(patient)) {
            assertThat(rest(outside)).isEmpty();
        }
        assertThat(counts.cuts()).containsEntry(Cut.TOO_MANY, 1L);
        assertThat(counts.open()).isEqualTo(MOST);
        inside.get(0).close();
        while (counts.open() == MOST) Thread.onSpinWait();
        try (Socket next = connect(patient)) {
            send(next, "GET /ok HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(rest(next)).endsWith("OK");
        }
        for (Socket socket : inside) socket.close();
    }
}
