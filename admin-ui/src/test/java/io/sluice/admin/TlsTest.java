package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.daemon.StartException;
import io.sluice.nsqd.Nsqd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that wants TLS: it says where on its plain port, and is asked there. */
class TlsTest {
    private static final char[] PASSWORD = "not-secret".toCharArray();
    private static final Daemons DAEMONS = new Daemons();

    @TempDir static Path folder;

    private static Running nsqd;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String words =
                tool
                        + " -genkeypair -alias daemon -dname CN=daemon -keyalg EC -storepass"
                        + " not-secret -ext san=ip:127.0.0.1 -keystore "
                        + file;
        Process keytool = new ProcessBuilder(words.split(" ")).inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        pem("daemon.pem", "CERTIFICATE", keys.getCertificate("daemon").getEncoded());
        pem("key.pem", "PRIVATE KEY", keys.getKey("daemon", PASSWORD).getEncoded());
        nsqd =
                Launcher.start(
                        new Nsqd(),
                        "--log-level=error",
                        "--tcp-address=127.0.0.1:0",
                        "--http-address=127.0.0.1:0",
                        "--https-address=127.0.0.1:0",
                        "--broadcast-address=127.0.0.1",
                        "--tls-required=true",
                        "--tls-cert=" + folder.resolve("daemon.pem"),
                        "--tls-key=" + folder.resolve("key.pem"),
                        "--data-path=" + Files.createDirectory(folder.resolve("data")));
    }

    private static void pem(String name, String type, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
        Files.writeString(folder.resolve(name), pem);
    }

    @AfterAll
    static void stop() {
        DAEMONS.stop();
        if (nsqd != null) nsqd.stop();
    }

    private static HostAndPort admin(String... flags) {
        String[] all = new String[flags.length + 1];
        all[0] = "--nsqd-http-address=" + nsqd.http();
        System.arraycopy(flags, 0, all, 1, flags.length);
        return DAEMONS.admin(all);
    }

    private static JsonNode node(HostAndPort admin, String state) {
        return Http.await(
                        admin,
                        "/api/v2/view?view=nodes",
                        tree -> tree.at("/nodes").findValuesAsText("state").contains(state))
                .at("/nodes");
    }

    @Test
    void itIsAskedAndTellsItsStatistics() {
        String trust = "--http-client-tls-root-ca-file=" + folder.resolve("daemon.pem");
        String certificate = "--http-client-tls-cert=" + folder.resolve("daemon.pem");
        String key = "--http-client-tls-key=" + folder.resolve("key.pem");
        HostAndPort admin = admin(trust, certificate, key);
        node(admin, "ok");
        assertThat(Http.request("POST", admin, "/api/topics", "{\"topic\":\"t\"}").statusCode())
                .isEqualTo(200);
        assertThat(Http.json(admin, "/api/topics").at("/topics/0").textValue()).isEqualTo("t");
        node(admin("--http-client-tls-insecure-skip-verify"), "ok");
    }

    @Test
    void itsCertificateHasToBeOneThatIsTrusted() {
        JsonNode nodes = node(admin(), "silent");
        assertThat(nodes.findValuesAsText("problem").get(0)).startsWith("fails at TLS (");
    }

    @Test
    void filesThatAreNoneAreNamed() {
        assertThatThrownBy(() -> admin("--http-client-tls-root-ca-file=" + folder.resolve("no")))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("--http-client-tls-root-ca-file " + folder);
    }
}
