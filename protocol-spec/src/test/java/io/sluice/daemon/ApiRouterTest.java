package io.sluice.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRouterTest {
    private static final int MAX_BODY = 10;
    private static final String VERSION = "\r\nx-nsq-content-type: nsq; version=1.0\r\n";

    private static Vertx vertx;
    private static int port;

    @BeforeAll
    static void serve() {
        vertx = Vertx.vertx();
        LogFormat.install(new PrintStream(java.io.OutputStream.nullOutputStream()));
        ApiRouter router = new ApiRouter(vertx, System.getLogger("io.sluice.daemon"));
        router.get("/", request -> Answer.text("root"));
        router.get("/ping", request -> Answer.plain(200, "OK"));
        router.get("/echo", request -> Answer.text(request.query("v", "MISSING_ARG_V")));
        router.get("/config/:option", request -> Answer.text(request.path("option")));
        router.put("/config/:option", request -> Answer.empty());
        router.get("/static/*", request -> Answer.text(request.http().path()));
        router.get("/json", request -> Answer.json(Map.of("a", "\u00e9")));
        router.get("/later", request -> Answer.later(later()));
        router.get("/bug", request -> Answer.text(String.valueOf(1 / request.body().length())));
        router.post("/create", request -> Answer.empty());
        router.post("/pub", request -> Answer.text(request.body().toString(ISO_8859_1)))
                .body(MAX_BODY, "MSG_TOO_BIG")
                .unlogged();
        HttpServer server = vertx.createHttpServer(ApiRouter.httpOptions().setPort(0));
        port = Blocking.await(server.requestHandler(router).listen(0, "127.0.0.1")).actualPort();
    }

    private static Future<Answer> later() {
        Promise<Answer> promise = Promise.promise();
        vertx.runOnContext(none -> promise.fail(new HttpError(503, "EXITING")));
        return promise.future();
    }

    @AfterAll
    static void close() {
        Blocking.await(vertx.close());
    }

    /** Sends the bytes as they are and reads until the peer closes. */
    private static String exchange(String... parts) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            for (String part : parts) socket.getOutputStream().write(part.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static String request(String method, String uri) throws IOException {
        return exchange(method + " " + uri + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    private static String post(String body) throws IOException {
        return exchange(
                "POST /pub HTTP/1.1\r\nHost: x\r\nConnection: close\r\n",
                "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String headers(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        return answer.substring(0, end + 2).toLowerCase(Locale.ROOT);
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static void assertError(String answer, int status, String code) {
        assertThat(headers(answer))
                .startsWith("http/1.1 " + status + " ")
                .contains("content-type: application/json; charset=utf-8\r\n")
                .contains(VERSION);
        assertThat(body(answer)).isEqualTo("{\"message\":\"" + code + "\"}");
    }

    @Test
    void pingIsPlain() throws IOException {
        String answer = request("GET", "/ping");
        assertThat(headers(answer))
                .startsWith("http/1.1 200 ok\r\n")
                .contains("content-type: text/plain; charset=utf-8\r\n")
                .doesNotContain("x-nsq");
        assertThat(body(answer)).isEqualTo("OK");
    }

    @Test
    void answersCarryTheVersion() throws IOException {
        assertThat(headers(request("GET", "/"))).contains(VERSION);
        String empty = request("PUT", "/config/x");
        assertThat(headers(empty))
                .contains(VERSION)
                .contains("content-length: 0\r\n")
                .doesNotContain("\r\ncontent-type: ");
        String json = request("GET", "/json");
        assertThat(headers(json)).contains(VERSION).contains("application/json; charset=utf-8");
        assertThat(body(json).getBytes(ISO_8859_1))
                .isEqualTo("{\"a\":\"\u00e9\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nope, 404, NOT_FOUND",
        "GET, /config, 404, NOT_FOUND",
        "GET, /config/, 404, NOT_FOUND",
        "POST, /ping/, 404, NOT_FOUND",
        "OPTIONS, /ping/, 404, NOT_FOUND",
        "POST, /ping, 405, METHOD_NOT_ALLOWED",
        "GET, /echo, 400, MISSING_ARG_V",
        "GET, /echo?v=%zz, 400, INVALID_REQUEST",
        "GET, /echo?x=1;v=2, 400, INVALID_REQUEST",
        "GET, /echo?v=1&%f, 400, INVALID_REQUEST",
        "GET, /later, 503, EXITING",
        "GET, /bug, 500, INTERNAL_ERROR"
    })
    void errorsHaveOneForm(String method, String uri, int status, String code) throws IOException {
        assertError(request(method, uri), status, code);
    }

    @ParameterizedTest
    @CsvSource({
        "/echo?v=a, a",
        "/echo?v=a&v=b, a",
        "/echo?v, ''",
        "/echo?v=a%20b+c%2Bd, a b c+d",
        "/echo?&&x=1&v=a=b, a=b",
        "/config/log_level, log_level",
        "/config/a%20b, a b",
        "/static/js/App.js, /static/js/App.js"
    })
    void parametersComeFromQueryAndPath(String uri, String value) throws IOException {
        assertThat(body(request("GET", uri))).isEqualTo(value);
    }

    @Test
    void aBadQueryIsNoMatterWhereNobodyAsks() throws IOException {
        assertThat(body(request("GET", "/ping?%zz"))).isEqualTo("OK");
    }

    @Test
    void whatIsAllowedIsTold() throws IOException {
        assertThat(headers(request("HEAD", "/ping")))
                .startsWith("http/1.1 405 ")
                .contains("allow: get, options\r\n");
        assertThat(headers(request("GET", "/pub"))).contains("allow: options, post\r\n");
        String options = request("OPTIONS", "/config/x");
        assertThat(headers(options))
                .startsWith("http/1.1 200 ok\r\n")
                .contains("allow: get, options, put\r\n")
                .contains("content-length: 0\r\n")
                .doesNotContain("x-nsq");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /ping/, 301, /ping",
        "GET, /PING?a=%20b, 301, /ping?a=%20b",
        "POST, /Pub/?topic=a, 307, /pub?topic=a",
        "GET, /Config/Log_Level/, 301, /config/Log_Level",
        "GET, //ping, 301, /ping"
    })
    void anotherSpellingIsSentToTheRightOne(String method, String uri, int status, String location)
            throws IOException {
        assertThat(request(method, uri))
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("\r\nlocation: " + location + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789"})
    void aBodyMayBeAsLongAsTheLimit(String body) throws IOException {
        assertThat(body(post(body))).isEqualTo(body);
    }

    @Test
    void aBodyThatIsDeclaredTooBigIsRefusedBeforeItComes() throws IOException {
        String head = "POST /pub HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));
            assertThat(readUntil(socket.getInputStream(), "}")).contains(" 413 ");
            // What comes all the same is read past, and the connection serves the next request.
            socket.getOutputStream()
                    .write("01234567890GET /ping HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(readUntil(socket.getInputStream(), "OK\r\n")).contains(" 200 ");
        }
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) throw new AssertionError("ended after " + text);
            text.append((char) next);
        }
        return text.toString();
    }

    @Test
    void aBodyThatTurnsOutTooBigIsRefused() throws IOException {
        String head =
                "POST /pub HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n";
        assertThat(body(exchange(head, "4\r\n0123\r\n", "6\r\n456789\r\n", "0\r\n\r\n")))
                .isEqualTo("0123456789");
        assertError(
                exchange(head, "4\r\n0123\r\n", "7\r\n4567890\r\n", "0\r\n\r\n"),
                413,
                "MSG_TOO_BIG");
    }

    @Test
    void aPeerThatWaitsIsToldToGoOnOnlyWhenItsBodyIsWelcome() throws IOException {
        String head =
                "POST /pub HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n";
        assertThat(exchange(head, "Content-Length: 2\r\n\r\nab"))
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
        assertError(exchange(head, "Content-Length: 11\r\n\r\n"), 413, "MSG_TOO_BIG");
    }

    @Test
    void aBodyThatNobodyWantsIsReadPast() throws IOException {
        String next = "GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        assertThat(
                        exchange(
                                "POST /create HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
                                next))
                .endsWith("\r\n\r\nOK");
        assertThat(exchange("POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc", next))
                .endsWith("\r\n\r\nOK");
    }

    @Test
    void oldClientsAreServed() throws IOException {
        assertThat(body(exchange("GET /ping HTTP/1.0\r\n\r\n"))).isEqualTo("OK");
    }
}
