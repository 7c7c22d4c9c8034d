package io.sluice.nsqd.http;

import static io.sluice.nsqd.http.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all endpoints, as nsqd serves them. */
class HttpApiTest {
    private final TestApi api = new TestApi();

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/topic", "/put", "/config", "/debug/nothing"})
    void anUnknownPathIsNotFound(String target) throws IOException {
        api.get(target).expectError(404, "NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /ping,  'GET, OPTIONS'",
        "PUT,  /info,  'GET, OPTIONS'",
        "POST, /stats, 'GET, OPTIONS'",
        "GET,  /pub,   'OPTIONS, POST'",
        "PUT,  /mpub,  'OPTIONS, POST'"
    })
    void aWrongMethodIsToldTheRightOnes(String method, String target, String allowed)
            throws IOException {
        RawHttp.Reply reply = RawHttp.request(api.httpPort(), method, target, new byte[0]);
        reply.expectError(405, "METHOD_NOT_ALLOWED");
        assertThat(reply.headers()).containsEntry("Allow", allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /Stats?format=json, 301, /stats?format=json",
        "GET,  /ping/,             301, /ping",
        "POST, /pub/?topic=t,      307, /pub?topic=t",
        "POST, /TOPIC/create,      307, /topic/create"
    })
    void anotherSpellingIsRedirected(String method, String target, int status, String location)
            throws IOException {
        RawHttp.Reply reply = RawHttp.request(api.httpPort(), method, target, new byte[0]);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers()).containsEntry("Location", location);
    }

    @Test
    void aConnectionServesOneRequestAfterTheOther() throws IOException {
        try (RawHttp http = new RawHttp(api.httpPort())) {
            http.send(head("POST", "/pub?topic=t", "Content-Length: 1") + "m");
            http.send(head("POST", "/pub", "Content-Length: 1") + "m");
            http.send(head("GET", "/ping"));
            http.reply().expectOk();
            http.reply().expectError(400, "MISSING_ARG_TOPIC");
            assertThat(http.reply().body()).isEqualTo("OK");
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() throws IOException {
        try (RawHttp http = new RawHttp(api.httpPort())) {
            http.send(head("POST", "/pub?topic=t", "Content-Length: 1", "Expect: 100-continue"));
            assertThat(http.reply().status()).isEqualTo(100);
            http.send("m");
            http.reply().expectOk();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /ping\r\n\r\n",
                "GET /ping HTTP/9.9\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost localhost\r\n\r\n",
                "POST /pub?topic=t HTTP/1.1\r\nHost: h\r\nContent-Length: many\r\n\r\n",
                "POST /pub?topic=t HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
                "POST /pub?topic=t HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n"
            })
    void aMalformedRequestHarmsNobodyElse(String request) throws IOException {
        try (RawHttp http = new RawHttp(api.httpPort())) {
            http.send(request);
            assertThat(http.reply().status()).isBetween(400, 505);
        }
        assertThat(api.get("/ping").body()).isEqualTo("OK");
        assertThat(api.stats("").get("topics")).isEmpty();
    }
}
