package io.sluice.nsqd.blackbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.HostAndPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are renewed while the daemon runs. */
@OwnDaemonOnly("NSQ's nsqd has to be started again for a new certificate")
class CertificateRenewalTest {
    private static final String DAEMON = "O=Pond,CN=daemon";
    private static final String ALICE = "O=Pond,CN=alice";

    @TempDir Path folder;
    private OwnNsqd nsqd;

    @BeforeEach
    void start() throws IOException {
        put("daemon", "daemon");
        nsqd =
                OwnNsqd.start(
                        "--tls-cert=" + folder.resolve("cert.pem"),
                        "--tls-key=" + folder.resolve("key.pem"),
                        "--https-address=127.0.0.1:0");
    }

    @AfterEach
    void stop() {
        nsqd.close();
    }

    private void put(String certificate, String key) throws IOException {
        copy(Certificates.file(certificate + ".pem"), "cert.pem");
        copy(Certificates.file(key + "-key.pem"), "key.pem");
    }

    private void copy(Path from, String to) throws IOException {
        Files.copy(from, folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String peer(SSLSocket socket) throws IOException {
        X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    /** Whose certificate a client is shown that has just changed to TLS. */
    private String shownTo(TestClient client) throws IOException {
        assertThat(Layered.negotiate(client, "\"tls_v1\":true").get("tls_v1").asBoolean()).isTrue();
        // A context of its own each time: sessions are not resumed.
        String name = peer(client.wire().secure(Certificates.anonymous()));
        client.expectOk();
        return name;
    }

    private String shownToNewClient() throws IOException {
        try (TestClient client = nsqd.connect()) {
            return shownTo(client);
        }
    }

    private SSLSocket https() throws IOException {
        HostAndPort address = nsqd.https();
        return (SSLSocket)
                Certificates.anonymous()
                        .getSocketFactory()
                        .createSocket(address.host(), address.port());
    }

    private String shownToNewBrowser() throws IOException {
        try (SSLSocket socket = https()) {
            socket.startHandshake();
            return peer(socket);
        }
    }

    private static void ping(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\nOK")) {
            int next = socket.getInputStream().read();
            assertThat(next).as("a byte after %s", answer).isNotNegative();
            answer.append((char) next);
        }
    }

    @Test
    void newConnectionsGetTheNewOneAndOldConnectionsLiveOn() throws IOException {
        try (TestClient client = nsqd.connect();
                SSLSocket browser = https()) {
            assertThat(shownTo(client)).isEqualTo(DAEMON);
            ping(browser);
            put("alice", "alice");
            nsqd.reread();
            assertThat(shownToNewClient()).isEqualTo(ALICE);
            assertThat(shownToNewBrowser()).isEqualTo(ALICE);
            client.publish(Target.newTopic(), "m");
            ping(browser);
            assertThat(peer(browser)).isEqualTo(DAEMON);
        }
    }

    @Test
    void whatIsNoCertificateOrNotThatOfItsKeyLeavesTheOldOne() throws IOException {
        List<String> errors = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger("io.sluice.nsqd");
        Handler listener = listener(errors);
        log.addHandler(listener);
        try {
            Files.writeString(folder.resolve("cert.pem"), "no certificate");
            nsqd.reread();
            assertThat(shownToNewClient()).isEqualTo(DAEMON);
            put("alice", "daemon");
            nsqd.reread();
        } finally {
            log.removeHandler(listener);
        }
        assertThat(shownToNewClient()).isEqualTo(DAEMON);
        assertThat(shownToNewBrowser()).isEqualTo(DAEMON);
        assertThat(errors).hasSize(2).allMatch(e -> e.startsWith("reload: the certificate stays"));
        assertThat(errors.get(1)).endsWith("the key is not that of the certificate");
    }

    private static Handler listener(List<String> messages) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                messages.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
