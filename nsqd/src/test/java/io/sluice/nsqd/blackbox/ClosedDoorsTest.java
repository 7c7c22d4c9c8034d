package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags of TLS, compression, AUTH and topology that make no sense, and what is said of them. */
@OwnDaemonOnly("needs flags")
class ClosedDoorsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "--tls-cert=x.pem, --tls-key is missing",
                "--tls-key=x.pem, --tls-cert is missing",
                "--tls-required, --tls-required cannot be without --tls-cert and --tls-key",
                "--tls-required=tcp-https, --tls-required cannot be without --tls-cert",
                "--tls-client-auth-policy=require, --tls-required cannot be without --tls-cert",
                "--tls-required=maybe, `--tls-required must be true, false or tcp-https, not maybe`",
                "--tls-client-auth-policy=verify, --tls-client-auth-policy must be require or",
                "--tls-min-version=ssl3.0, `--tls-min-version must be one of tls1.0, tls1.1, tls1.2`",
                "--max-deflate-level=0, `--max-deflate-level must be 1 to 9, not 0`",
                "--max-deflate-level=10, `--max-deflate-level must be 1 to 9, not 10`",
                "--auth-http-request-method=put, `must be get or post, not put`",
                "--auth-http-address=ftp://x, must be host:port or an URL with http or https",
                "--auth-http-address=a b, must be host:port or an URL with http or https",
                "--enable-experiment=magic, `must be topology-aware-consumption, not magic`"
            })
    void theDaemonDoesNotStartAndSaysWhatIsAllowed(String flag, String said) {
        assertThatThrownBy(() -> OwnNsqd.start(flag).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(said);
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
