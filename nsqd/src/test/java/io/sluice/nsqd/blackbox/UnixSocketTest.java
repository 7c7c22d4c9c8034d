package io.sluice.nsqd.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.daemon.StartException;
import io.sluice.nsqd.Nsqd;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listening in the file system. */
@OwnDaemonOnly("needs --tcp-address and --http-address")
class UnixSocketTest {
    private final DataFolder folder = new DataFolder();
    private Path tcp;
    private Path http;

    @BeforeEach
    void names() throws IOException {
        Path sockets = Files.createDirectory(folder.path().resolve("s"));
        tcp = sockets.resolve("tcp");
        http = sockets.resolve("http");
    }

    @AfterEach
    void clean() {
        folder.close();
    }

    private Running start(String... more) {
        String[] flags = new String[4 + more.length];
        flags[0] = "--tcp-address=" + tcp;
        flags[1] = "--http-address=" + http;
        flags[2] = folder.flag();
        flags[3] = "--log-level=error";
        System.arraycopy(more, 0, flags, 4, more.length);
        return Launcher.start(new Nsqd(), flags);
    }

    private static String exchange(Path socket, String request, int answerBytes)
            throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(request.getBytes(UTF_8)));
            return new String(Channels.newInputStream(channel).readNBytes(answerBytes), UTF_8);
        }
    }

    private String get(String target) throws IOException {
        return exchange(
                http,
                "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                Integer.MAX_VALUE);
    }

    @Test
    void bothProtocolsAreSpokenThereAndNothingIsLeftBehind() throws IOException {
        Running nsqd = start();
        try {
            String answer = exchange(tcp, "  V2PUB t\n\0\0\0\1mSUB t c\nRDY 1\n", 20 + 35);
            assertThat(answer).endsWith("m");
            assertThat(get("/stats")).contains("[t  ").contains("Producers:");
            assertThat(get("/info")).contains("\"http_port\":-1,\"tcp_port\":-1,");
            assertThat(nsqd.tcp()).isNull();
        } finally {
            nsqd.stop();
        }
        assertThat(tcp).doesNotExist();
        assertThat(http).doesNotExist();
    }

    @Test
    void aSocketThatAKilledDaemonLeftIsReplaced() throws IOException {
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(tcp));
        }
        assertThat(tcp).exists();
        Running nsqd = start();
        nsqd.stop();
    }

    @Test
    void whatIsUsedByOthersIsLeftAlone() throws IOException {
        Files.writeString(http, "a letter");
        assertThatThrownBy(this::start)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--http-address")
                .hasMessageContaining("the file exists and is no socket");
        assertThat(http).hasContent("a letter");
        Files.delete(http);
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(http));
            assertThatThrownBy(this::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("somebody listens there already");
        }
    }

    @Test
    void withoutAPortThereMustBeOneToAnnounce() {
        assertThatThrownBy(() -> start("--lookupd-tcp-address=127.0.0.1:4160"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--broadcast-tcp-port must be given");
    }

    @Test
    void httpCanBeOff() {
        Running nsqd =
                Launcher.start(
                        new Nsqd(),
                        "--tcp-address=127.0.0.1:0",
                        "--http-address=",
                        "--log-level=error",
                        folder.flag());
        assertThat(nsqd.listening()).containsOnlyKeys(Running.TCP);
        nsqd.stop();
    }
}
