package io.sluice.client;

import static io.sluice.client.ProducerTest.assertFailsWith;
import static io.sluice.client.ProducerTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where connections come from, and what they bear: the daemons are silent, or read nothing. */
@Timeout(60)
class ConnectionLimitsTest {
    /** More than the buffers of both sockets hold. */
    private static final int BODY_BYTES = 24 * 1024 * 1024;

    private static final String LOCAL = "127.0.0.2";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"false, NONE", "true, NONE", "false, DEFLATE"})
    void aDaemonThatBeatsButReadsNothingIsLost(boolean tls, Compression compression)
            throws Exception {
        ConnectionOptions.Builder options =
                ConnectionOptions.builder()
                        .writeTimeout(Duration.ofMillis(100))
                        .compression(compression)
                        .deflateLevel(1);
        Certificates certificates = tls ? Certificates.make(folder, "EC") : null;
        if (tls) options.tls(Tls.builder().trust(certificates.certificate()).build());
        try (FakeNsqd nsqd = new FakeNsqd();
                Producer producer = producer(nsqd, options)) {
            boolean deflate = compression == Compression.DEFLATE;
            nsqd.identifyAnswer("{\"tls_v1\":%s,\"deflate\":%s}".formatted(tls, deflate));
            CompletableFuture<Void> published = producer.publish("t", randomBody());
            FakeNsqd.Peer peer = nsqd.accept();
            if (tls) peer.startTls(certificates.context(), false);
            peer.startCompression(compression);
            peer.send(Frame.HEARTBEAT);
            ConnectionLostException lost =
                    assertFailsWith(published, ConnectionLostException.class);
            assertThat(lost).hasMessageEndingWith("a write made no progress for 100 ms");
        }
    }

    private static Bytes randomBody() {
        byte[] body = new byte[BODY_BYTES];
        new Random(1).nextBytes(body);
        return Bytes.wrap(body);
    }

    @Test
    void aConsumerLeavesADaemonThatIsSilentForTheReadTimeout() throws Exception {
        Duration second = Duration.ofSeconds(1);
        ConnectionOptions.Builder options =
                ConnectionOptions.builder().heartbeatInterval(second).readTimeout(second);
        try (ConsumerRig rig = new ConsumerRig()) {
            rig.start(rig.options().connection(options.build()), message -> {});
            FakeNsqd.Peer peer = rig.connected();
            peer.expectEnd();
            assertThat(rig.next(String.class)).isEqualTo("disconnected");
        }
    }

    @Test
    void aDaemonThatIsSilentInTheHandshakeIsLeftToo() throws Exception {
        Duration second = Duration.ofSeconds(1);
        ConnectionOptions.Builder options =
                ConnectionOptions.builder().heartbeatInterval(second).readTimeout(second);
        try (FakeNsqd nsqd = new FakeNsqd();
                Producer producer = producer(nsqd, options)) {
            CompletableFuture<Void> published = producer.publish("t", Bytes.utf8("1"));
            FakeNsqd.Peer peer = nsqd.acceptSilently();
            peer.expectMagic();
            peer.expect(Command.Identify.class);
            peer.expectEnd();
            assertFailsWith(published, ConnectFailedException.class);
        }
    }

    @Test
    void aConsumerComesFromTheLocalAddress() throws Exception {
        ConnectionOptions.Builder options = ConnectionOptions.builder().localAddress(local(0));
        try (ConsumerRig rig = new ConsumerRig()) {
            rig.start(rig.options().connection(options.build()), message -> {});
            assertThat(rig.connected().from().getHostString()).isEqualTo(LOCAL);
        }
    }

    @Test
    void aLocalPortServesConnectionsToSeveralDaemons() throws Exception {
        int port = freePort();
        ConnectionOptions.Builder options = ConnectionOptions.builder().localAddress(local(port));
        try (FakeNsqd one = new FakeNsqd();
                FakeNsqd other = new FakeNsqd();
                Producer toOne = producer(one, options);
                Producer toOther = producer(other, options)) {
            publishes(toOne, one, port);
            publishes(toOther, other, port);
        }
    }

    private static void publishes(Producer producer, FakeNsqd to, int port) throws Exception {
        CompletableFuture<Void> published = producer.publish("t", Bytes.utf8("1"));
        FakeNsqd.Peer peer = to.accept();
        assertThat(peer.from()).isEqualTo(local(port));
        peer.expectPub("t", "1");
        peer.send(Frame.OK);
        await(published);
    }

    @Test
    void aLocalAddressOfSomebodyElseIsNamed() throws Exception {
        // No machine has this one: it is for documents.
        InetSocketAddress nobodys = new InetSocketAddress("192.0.2.1", 0);
        try (FakeNsqd nsqd = new FakeNsqd();
                Producer producer =
                        producer(nsqd, ConnectionOptions.builder().localAddress(nobodys))) {
            ConnectFailedException failed =
                    assertFailsWith(
                            producer.publish("t", Bytes.utf8("1")), ConnectFailedException.class);
            assertThat(failed).hasMessageContaining("from 192.0.2.1:0: ");
        }
    }

    private static Producer producer(FakeNsqd to, ConnectionOptions.Builder options) {
        return new Producer(
                ProducerOptions.builder()
                        .nsqd(to.address())
                        .maxMessageBytes(BODY_BYTES)
                        .connection(options.build())
                        .build());
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(LOCAL, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(LOCAL))) {
            return free.getLocalPort();
        }
    }
}
