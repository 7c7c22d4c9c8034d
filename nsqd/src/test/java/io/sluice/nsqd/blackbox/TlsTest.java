package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that change to TLS. */
@Execution(ExecutionMode.CONCURRENT)
@OwnDaemonOnly("needs --tls-cert")
class TlsTest {
    private static final String TLS = "\"tls_v1\":true";

    private static OwnNsqd open;
    private static OwnNsqd strict;

    static final List<String> LAYERS = Layered.ALL;

    private final TopicName topic = Target.newTopic();

    @BeforeAll
    static void startDaemons() {
        open = start();
        strict =
                start(
                        "--tls-client-auth-policy=require-verify",
                        "--tls-root-ca-file=" + Certificates.file("authority.pem"));
    }

    private static OwnNsqd start(String... more) {
        List<String> flags = new ArrayList<>(Certificates.flags());
        flags.addAll(List.of(more));
        return OwnNsqd.start(flags.toArray(String[]::new));
    }

    @AfterAll
    static void stopDaemons() {
        open.close();
        strict.close();
    }

    @ParameterizedTest
    @FieldSource("LAYERS")
    void messagesOfAllSizesGoThroughAllLayers(String layers) {
        SSLContext context = Certificates.anonymous();
        try (TestClient client = Layered.connect(open.tcp(), layers, context)) {
            Random random = new Random(1);
            List<Bytes> bodies = new ArrayList<>();
            for (int size : new int[] {1, 10, 4_000, 70_000, 1_000_000}) {
                byte[] noise = new byte[size];
                random.nextBytes(noise);
                bodies.add(Bytes.wrap(noise));
                bodies.add(Bytes.wrap(new byte[size]));
            }
            client.publishAll(topic, bodies);
            client.subscribe(topic, Target.CHANNEL, 3);
            for (Bytes body : bodies) {
                Message message = client.message();
                assertThat(message.body()).isEqualTo(body);
                client.finish(message);
            }
            client.write("NO\n").expectFatal("E_INVALID invalid command NO");
        }
    }

    @ParameterizedTest
    @FieldSource("LAYERS")
    void longMessagesDoNotMix(String layers) {
        SSLContext context = Certificates.anonymous();
        try (TestClient client = Layered.connect(open.tcp(), layers, context)) {
            LongBodies.publish(client, topic, 0, 60);
            client.subscribe(topic, Target.CHANNEL, 3);
            assertThat(LongBodies.consume(client, 60, 1).cardinality()).isEqualTo(60);
        }
    }

    @Test
    void statisticsTellHowAConnectionIsEncrypted() {
        SSLContext context = Certificates.context("TLSv1.2", null);
        try (TestClient client = Layered.connect(open.tcp(), LAYERS.get(3), context)) {
            client.subscribe(topic, Target.CHANNEL, 1);
            JsonNode shown = Http.channel(open.http(), topic).at("/clients/0");
            assertThat(shown.get("tls").booleanValue()).isTrue();
            assertThat(shown.get("tls_version").textValue()).isEqualTo("TLS1.2");
            assertThat(shown.get("tls_cipher_suite").textValue()).startsWith("TLS_ECDHE_ECDSA_");
            assertThat(shown.get("tls_negotiated_protocol").textValue()).isEmpty();
            assertThat(shown.get("snappy").booleanValue()).isTrue();
            assertThat(shown.get("deflate").booleanValue()).isFalse();
        }
    }

    @Test
    void whoDoesNotAskForItStaysPlain() {
        try (TestClient client = open.connect()) {
            assertThat(Layered.negotiate(client, "\"tls_v1\":false").get("tls_v1").booleanValue())
                    .isFalse();
            client.publish(topic, "m");
        }
        try (TestClient client = open.connect()) {
            assertThat(client.identify("{" + TLS + "}")).isEqualTo("OK");
            client.publish(topic, "m");
        }
    }

    @Test
    void layersAreNegotiatedOnce() {
        SSLContext context = Certificates.anonymous();
        try (TestClient client = Layered.connect(open.tcp(), TLS, context)) {
            JsonNode again = Layered.negotiate(client, TLS + ",\"msg_timeout\":2000");
            assertThat(again.get("tls_v1").booleanValue()).isFalse();
            assertThat(again.get("msg_timeout").intValue()).isEqualTo(2000);
            client.publish(topic, "m");
        }
    }

    @Test
    void whatWasSentBehindIdentifyIsLost() {
        String json = "{\"feature_negotiation\":true," + TLS + "}";
        try (TestClient client = open.connect()) {
            client.write("IDENTIFY\n", json.length(), json, "PUB " + topic + "\n", 1, "m");
            JsonNode answer = Layered.read(((Frame.Response) client.next()).data().utf8());
            Layered.change(client, answer, Certificates.anonymous());
            client.publish(topic, "later").subscribe(topic, Target.CHANNEL, 1);
            client.message("later");
        }
    }

    @Test
    void answersToEarlierCommandsComeFirst() {
        String json = "{\"feature_negotiation\":true," + TLS + "}";
        try (TestClient client = open.connect()) {
            List<Object> parts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                parts.addAll(List.of("PUB " + Target.newTopic() + "\n", 1, "m"));
            }
            parts.addAll(List.of("IDENTIFY\n", json.length(), json));
            client.write(parts.toArray());
            for (int i = 0; i < 20; i++) client.expectOk();
            JsonNode answer = Layered.read(((Frame.Response) client.next()).data().utf8());
            Layered.change(client, answer, Certificates.anonymous());
            client.publish(topic, "m");
        }
    }

    @Test
    void garbageInsteadOfAHandshakeIsAnsweredInTheClear() {
        try (TestClient client = open.connect()) {
            Layered.negotiate(client, TLS);
            client.write("PUB " + topic + "\n", 1, "m");
            expectFailure(client);
        }
    }

    @Test
    void aHandshakeThatIsNeverFinishedIsBrokenOff() {
        try (TestClient silent = open.connect();
                TestClient slow = open.connect()) {
            Layered.negotiate(silent, TLS);
            Layered.negotiate(slow, TLS);
            slow.write(new byte[] {22, 3, 1, 2, 0, 1});
            expectFailure(silent);
            expectFailure(slow);
        }
    }

    private static void expectFailure(TestClient client) {
        // In front of it there may be an alert, which is no frame.
        StringBuilder all = new StringBuilder();
        int next;
        while ((next = client.readByte()) >= 0) all.append((char) next);
        assertThat(all.toString()).contains("E_IDENTIFY_FAILED IDENTIFY failed ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOP\n", "FOO\n", "SUB t c\n", "CLS\n", "AUTH\n", "PUB t\n"})
    void whereItIsRequiredNothingElseComesBeforeIt(String line) {
        try (TestClient client = strict.connect()) {
            client.identify("{}");
            String verb = line.strip().split(" ")[0];
            client.write(line)
                    .expectFatal("E_INVALID cannot " + verb + " in current state (TLS required)");
        }
    }

    @Test
    void acquaintancesAreVerified() {
        SSLContext alice = Certificates.context("TLS", "alice");
        try (TestClient client = Layered.connect(strict.tcp(), LAYERS.get(3), alice)) {
            client.publish(topic, "m").subscribe(topic, Target.CHANNEL, 1).message("m");
        }
    }

    @ParameterizedTest
    @CsvSource(
            value = {"TLSv1.2, mallory", "TLSv1.3, mallory", "TLSv1.2, null", "TLSv1.3, null"},
            nullValues = "null")
    void strangersAreNot(String version, String name) {
        try (TestClient client = strict.connect()) {
            Layered.negotiate(client, TLS);
            assertThatThrownBy(
                            () -> {
                                client.wire().secure(Certificates.context(version, name));
                                // In 1.3 the client is done before it has been looked at.
                                client.send(new Command.Nop()).expectOk();
                            })
                    .isInstanceOfAny(UncheckedIOException.class, AssertionError.class);
        }
    }

    @Test
    void policyRequireIsContentWithAnyCertificate() {
        try (OwnNsqd nsqd = start("--tls-client-auth-policy=require")) {
            SSLContext mallory = Certificates.context("TLS", "mallory");
            try (TestClient client = Layered.connect(nsqd.tcp(), TLS, mallory)) {
                client.publish(topic, "m");
            }
            try (TestClient client = nsqd.connect()) {
                client.send(new Command.Nop());
                client.expectFatal("E_INVALID cannot NOP in current state (TLS required)");
            }
        }
    }

    @Test
    void olderVersionsThanAskedForAreRefused() {
        try (OwnNsqd nsqd = start("--tls-min-version=tls1.3")) {
            try (TestClient client = nsqd.connect()) {
                Layered.negotiate(client, TLS);
                assertThatThrownBy(
                                () -> client.wire().secure(Certificates.context("TLSv1.2", null)))
                        .isInstanceOf(UncheckedIOException.class);
            }
            SSLContext newest = Certificates.context("TLSv1.3", null);
            try (TestClient client = Layered.connect(nsqd.tcp(), TLS, newest)) {
                client.publish(topic, "m").subscribe(topic, Target.CHANNEL, 0);
                assertThat(
                                Http.channel(nsqd.http(), topic)
                                        .at("/clients/0/tls_version")
                                        .textValue())
                        .isEqualTo("TLS1.3");
            }
        }
    }

    @Test
    void httpIsThereOverTlsToo() throws IOException {
        SSLContext context = Certificates.anonymous();
        var secure = Http.get(open.https(), "/ping", context);
        assertThat(secure.body()).isEqualTo("OK");
        assertThat(secure.version()).hasToString("HTTP_1_1");
        assertThat(Http.get(open.http(), "/ping").body()).isEqualTo("OK");
    }

    @Test
    void whereTlsIsRequiredPlainHttpOnlySaysSo() throws IOException {
        for (String path : new String[] {"/ping", "/stats", "/nowhere"}) {
            var refused = Http.get(strict.http(), path);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body())
                    .isEqualTo(
                            "{\"message\": \"TLS_REQUIRED\", \"https_port\": "
                                    + strict.https().port()
                                    + "}");
            assertThat(refused.headers().firstValue("X-NSQ-Content-Type"))
                    .contains("nsq; version=1.0");
        }
        SSLContext alice = Certificates.context("TLS", "alice");
        assertThat(Http.get(strict.https(), "/ping", alice).body()).isEqualTo("OK");
    }

    @Test
    void tcpHttpsLeavesPlainHttpOpen() throws IOException {
        try (OwnNsqd nsqd = start("--tls-required=tcp-https");
                TestClient client = nsqd.connect()) {
            assertThat(Http.get(nsqd.http(), "/ping").body()).isEqualTo("OK");
            client.send(new Command.Nop());
            client.expectFatal("E_INVALID cannot NOP in current state (TLS required)");
        }
    }
}
