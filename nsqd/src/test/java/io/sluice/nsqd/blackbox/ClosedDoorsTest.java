package io.sluice.nsqd.blackbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.StartException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags of TLS, compression, AUTH and topology that make no sense, and what is said of them. */
@OwnDaemonOnly("needs flags")
class ClosedDoorsTest {
    private static final int PATIENCE_MS = 20_000;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "--tls-cert=x.pem, --tls-key is missing",
                "--tls-key=x.pem, --tls-cert is missing",
                "--tls-required, --tls-required cannot be without --tls-cert and --tls-key",
                "--tls-required=tcp-https, --tls-required cannot be without --tls-cert",
                "--tls-client-auth-policy=require, --tls-required cannot be without --tls-cert",
                "--tls-required=maybe, `must be true, false or tcp-https, not maybe`",
                "--tls-client-auth-policy=verify, --tls-client-auth-policy must be require or",
                "--tls-min-version=ssl3.0, `must be one of tls1.0, tls1.1, tls1.2, tls1.3`",
                "--max-deflate-level=0, `--max-deflate-level must be 1 to 9, not 0`",
                "--max-deflate-level=10, `--max-deflate-level must be 1 to 9, not 10`",
                "--auth-http-request-method=put, `must be get or post, not put`",
                "--auth-http-address=ftp://x, must be host:port or an URL with http or https",
                "--auth-http-address=a b, must be host:port or an URL with http or https",
                "--max-http-connections=0, `--max-http-connections must be 1 or more, not 0`",
                "--enable-experiment=magic, `must be topology-aware-consumption, not magic`"
            })
    void theDaemonDoesNotStartAndSaysWhatIsAllowed(String flag, String said) {
        assertThatThrownBy(() -> OwnNsqd.start(flag).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(said);
    }

    /** Whatever loop they come to. */
    @Test
    void moreHttpConnectionsThanAllowedAreClosed() throws IOException {
        try (OwnNsqd nsqd = OwnNsqd.start("--max-http-connections=3");
                Socket first = ping(nsqd);
                Socket second = ping(nsqd);
                Socket third = ping(nsqd);
                Socket fourth = new Socket(nsqd.http().host(), nsqd.http().port())) {
            fourth.setSoTimeout(PATIENCE_MS);
            assertThat(fourth.getInputStream().read()).isEqualTo(-1);
            for (Socket inside : List.of(first, second, third)) {
                send(inside, "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                assertThat(new String(inside.getInputStream().readAllBytes(), US_ASCII))
                        .contains("nsqd_http_cut_connections_total{reason=\"too_many\"} 1.0");
            }
        }
    }

    /** A connection that has been of use, and stays. */
    private static Socket ping(OwnNsqd nsqd) throws IOException {
        Socket socket = new Socket(nsqd.http().host(), nsqd.http().port());
        socket.setSoTimeout(PATIENCE_MS);
        send(socket, "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(US_ASCII));
    }

    @Test
    void filesThatAreNoCertificatesAreNamed() throws IOException {
        Path nothing = Files.createTempFile("no", ".pem");
        String cert = "--tls-cert=" + nothing;
        String key = "--tls-key=" + Certificates.file("daemon-key.pem");
        assertThatThrownBy(() -> OwnNsqd.start(cert, key).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(cert);
        Files.delete(nothing);
        assertThatThrownBy(() -> OwnNsqd.start(cert, key).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(cert);
    }
}
