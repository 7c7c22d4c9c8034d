package io.sluice.client;

import static io.sluice.client.ProducerTest.assertFailsWith;
import static io.sluice.client.ProducerTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS, compression and AUTH, which come between IDENTIFY and the first command. */
@Timeout(60)
class LayersTest {
    @TempDir static Path folder;
    private static Certificates certificates;
    private static Certificates elliptic;
    private static Certificates edwards;

    private final FakeNsqd nsqd = new FakeNsqd();
    private Producer producer;

    LayersTest() throws IOException {}

    @BeforeAll
    static void make() throws Exception {
        certificates = Certificates.make(folder, "RSA");
        elliptic = Certificates.make(folder, "EC");
        edwards = Certificates.make(folder, "Ed25519");
    }

    @AfterEach
    void close() throws IOException {
        if (producer != null) producer.close();
        nsqd.close();
    }

    @ParameterizedTest
    @CsvSource({
        "false, NONE",
        "true, NONE",
        "false, SNAPPY",
        "true, SNAPPY",
        "false, DEFLATE",
        "true, DEFLATE"
    })
    void allLayersGoTogether(boolean tls, Compression compression) throws Exception {
        nsqd.identifyAnswer(answer(tls, compression));
        ConnectionOptions.Builder options = ConnectionOptions.builder().compression(compression);
        if (tls) options.tls(trusting());
        start(options);
        CompletableFuture<Void> published = publish("x".repeat(100_000));
        FakeNsqd.Peer peer = nsqd.accept();
        if (tls) peer.startTls(certificates.context(), false);
        peer.startCompression(compression);
        assertThat(peer.expect(Command.Pub.class).body().length()).isEqualTo(100_000);
        peer.send(Frame.HEARTBEAT);
        peer.expect(new Command.Nop());
        peer.send(Frame.OK);
        await(published);
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAPPY", "DEFLATE"})
    void theFirstCompressedBytesMayComeWithTheAnswer(Compression compression) throws Exception {
        start(ConnectionOptions.builder().compression(compression));
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.acceptSilently();
        peer.expectMagic();
        peer.expect(Command.Identify.class);
        peer.startCompressionAtOnce(answer(false, compression), compression);
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
        await(published);
    }

    private static String answer(boolean tls, Compression compression) {
        return "{\"tls_v1\":%s,\"snappy\":%s,\"deflate\":%s}"
                .formatted(
                        tls, compression == Compression.SNAPPY, compression == Compression.DEFLATE);
    }

    @ParameterizedTest
    @CsvSource({"RSA, false", "RSA, true", "EC, false", "Ed25519, false"})
    void aClientShowsItsCertificate(String algorithm, boolean pkcs1) throws Exception {
        Certificates own =
                Map.of("RSA", certificates, "EC", elliptic, "Ed25519", edwards).get(algorithm);
        nsqd.identifyAnswer("{\"tls_v1\":true}");
        Path key = pkcs1 ? own.rsaKey() : own.key();
        start(
                ConnectionOptions.builder()
                        .tls(
                                Tls.builder()
                                        .trust(own.certificate())
                                        .identity(own.certificate(), key)
                                        .build()));
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.startTls(own.context(), true);
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
        await(published);
    }

    @Test
    void aStrangersCertificateIsRefused() throws Exception {
        nsqd.identifyAnswer("{\"tls_v1\":true}");
        start(ConnectionOptions.builder().tls(trusting()));
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        assertThatThrownBy(() -> peer.startTls(elliptic.context(), false))
                .isInstanceOf(SSLException.class);
        ConnectFailedException failure = assertFailsWith(published, ConnectFailedException.class);
        assertThat(failure).hasRootCauseInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void whoDoesNotCareTakesTheStrangersCertificate() throws Exception {
        nsqd.identifyAnswer("{\"tls_v1\":true}");
        start(ConnectionOptions.builder().tls(Tls.builder().insecure().build()));
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.startTls(certificates.context(), false);
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
        await(published);
    }

    @Test
    void aDaemonWithoutTlsIsRefusedUnlessItMayHaveNone() throws Exception {
        start(ConnectionOptions.builder().tls(trusting()));
        CompletableFuture<Void> published = publish("1");
        nsqd.accept().expectEnd();
        assertThat(assertFailsWith(published, ConnectFailedException.class))
                .hasMessageContaining("offers no TLS");
        producer.close();
        start(ConnectionOptions.builder().tls(Tls.builder().required(false).build()));
        published = publish("2");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expectPub("t", "2");
        peer.send(Frame.OK);
        await(published);
    }

    @Test
    void compressionThatTheDaemonRefusesIsDoneWithout() throws Exception {
        start(ConnectionOptions.builder().compression(Compression.SNAPPY));
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        assertThat(peer.identify()).contains("\"snappy\":true");
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
        await(published);
    }

    @Test
    void aSecretIsSentToADaemonThatWantsOne() throws Exception {
        nsqd.identifyAnswer("{\"auth_required\":true}");
        start(ConnectionOptions.builder().authSecret("s3cret"));
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        peer.expect(new Command.Auth(Bytes.utf8("s3cret")));
        peer.send(new Frame.Response(Bytes.utf8("{\"permission_count\":1}")));
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
        await(published);
    }

    @ParameterizedTest
    @CsvSource({"'', E_AUTH_FIRST", "wrong, E_UNAUTHORIZED"})
    void noSecretOrAWrongOneFailsThePublish(String secret, String code) throws Exception {
        nsqd.identifyAnswer("{\"auth_required\":true}");
        start(ConnectionOptions.builder().authSecret(secret));
        CompletableFuture<Void> published = publish("1");
        FakeNsqd.Peer peer = nsqd.accept();
        if (!secret.isEmpty()) {
            peer.expect(Command.Auth.class);
            peer.error("E_UNAUTHORIZED AUTH no authorizations found");
        }
        ConnectFailedException failure = assertFailsWith(published, ConnectFailedException.class);
        assertThat(failure.getCause()).isInstanceOf(NotAuthorizedException.class);
        assertThat(failure.getCause()).hasMessageStartingWith(code);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void aSecretIsNeverShown() {
        ConnectionOptions options = ConnectionOptions.builder().authSecret("s3cret").build();
        assertThat(options.toString()).contains("client_id").doesNotContain("s3cret");
    }

    @Test
    void filesThatAreNoCertificateOrKeyAreRefused() throws Exception {
        Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing");
        Path sec1 =
                Files.writeString(
                        folder.resolve("sec1.pem"),
                        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        Path certificate = certificates.certificate();
        assertThatThrownBy(() -> Tls.builder().trust(nothing).build())
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Tls.builder().identity(certificate, nothing).build())
                .hasMessageContaining("no unencrypted private key");
        assertThatThrownBy(() -> Tls.builder().identity(certificate, sec1).build())
                .hasMessageContaining("openssl pkcs8");
    }

    private static Tls trusting() throws Exception {
        return Tls.builder().trust(certificates.certificate()).build();
    }

    private void start(ConnectionOptions.Builder connection) {
        producer =
                new Producer(
                        ProducerOptions.builder()
                                .nsqd(nsqd.address())
                                .connection(connection.build())
                                .build());
    }

    private CompletableFuture<Void> publish(String body) {
        return producer.publish("t", Bytes.utf8(body));
    }
}
