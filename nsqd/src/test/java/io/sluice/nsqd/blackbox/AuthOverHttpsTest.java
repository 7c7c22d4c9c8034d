package io.sluice.nsqd.blackbox;

import static io.sluice.nsqd.blackbox.FakeAuthServer.authorization;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Auth servers that are asked over TLS, and only when they are who they should be. */
@OwnDaemonOnly("needs --auth-http-address")
class AuthOverHttpsTest {
    private static final Command AUTH = new Command.Auth(Bytes.utf8("secret"));
    private static final String BELIEVED =
            "--tls-root-ca-file=" + Certificates.file("authority.pem");

    private FakeAuthServer server;

    @BeforeEach
    void start() throws IOException {
        server = FakeAuthServer.secure(Certificates.context("TLS", "daemon"));
        server.grants(authorization(".*", ".*", "publish"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String flag(String host) {
        String port = server.address().split(":")[1];
        return "--auth-http-address=https://" + host + ":" + port + "/ask";
    }

    @ParameterizedTest
    @CsvSource({"get, GET /ask?common_name=", "post, POST /ask "})
    void aServerWhoseSignerIsBelievedIsAsked(String method, String question) {
        String by = "--auth-http-request-method=" + method;
        try (OwnNsqd nsqd = OwnNsqd.start(flag("127.0.0.1"), BELIEVED, by);
                TestClient client = nsqd.connect()) {
            client.send(AUTH).next();
            assertThat(server.nextRequest()).startsWith(question).contains("secret");
            client.publish(Target.newTopic(), "m");
        }
    }

    @Test
    void aServerWhoseSignerIsUnknownIsNotAsked() {
        try (OwnNsqd nsqd = OwnNsqd.start(flag("127.0.0.1"));
                TestClient client = nsqd.connect()) {
            client.send(AUTH).expectFatal("E_AUTH_FAILED AUTH failed");
            assertThat(server.requests()).isZero();
        }
    }

    /** Its certificate is for 127.0.0.1. */
    @Test
    void aServerOfAnotherNameIsNotAsked() {
        try (OwnNsqd nsqd = OwnNsqd.start(flag("localhost"), BELIEVED);
                TestClient client = nsqd.connect()) {
            client.send(AUTH).expectFatal("E_AUTH_FAILED AUTH failed");
            assertThat(server.requests()).isZero();
        }
    }
}
