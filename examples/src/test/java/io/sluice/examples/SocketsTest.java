package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** No daemon opens a connection, or any other socket, that nobody asked for. */
@EnabledOnOs(OS.LINUX)
class SocketsTest {
    private static final String TCP = "--tcp-address=127.0.0.1:0";
    private static final String HTTP = "--http-address=127.0.0.1:0";

    @Test
    void nsqdHasItsListenersAndItsClients() throws Exception {
        try (DataFolder folder = new DataFolder();
                DaemonProcess nsqd = nsqd(folder);
                Socket client = connect(nsqd.tcp().port())) {
            ask(client, "  V2PUB topic\n\0\0\0\1m", "\0\0\0\6\0\0\0\0OK");

            assertThat(nsqd.sockets())
                    .containsExactlyInAnyOrder(
                            "tcp LISTEN " + nsqd.tcp().port() + " 0",
                            "tcp LISTEN " + nsqd.http().port() + " 0",
                            "tcp ESTABLISHED " + nsqd.tcp().port() + " " + client.getLocalPort());
        }
    }

    @Test
    void nsqlookupdHasItsListenersAndItsProducers() throws Exception {
        try (DaemonProcess lookupd = new DaemonProcess(io.sluice.lookupd.Main.class, 2, TCP, HTTP);
                Socket client = connect(lookupd.tcp().port())) {
            ask(client, "  V1PING\n", "\0\0\0\2OK");

            assertThat(lookupd.sockets())
                    .containsExactlyInAnyOrder(
                            "tcp LISTEN " + lookupd.tcp().port() + " 0",
                            "tcp LISTEN " + lookupd.http().port() + " 0",
                            "tcp ESTABLISHED "
                                    + lookupd.tcp().port()
                                    + " "
                                    + client.getLocalPort());
        }
    }

    @Test
    void nsqadminConnectsToTheDaemonsItWasGivenAndToNothingElse() throws Exception {
        try (DataFolder folder = new DataFolder();
                DaemonProcess nsqd = nsqd(folder);
                DaemonProcess admin =
                        new DaemonProcess(
                                io.sluice.admin.Main.class,
                                1,
                                HTTP,
                                "--nsqd-http-address=" + nsqd.http());
                Socket browser = connect(admin.http().port())) {
            ask(browser, "GET /api/topics HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 200 OK");
            List<String> others = admin.sockets();
            others.removeIf(socket -> socket.endsWith(" " + nsqd.http().port()));

            assertThat(others)
                    .containsExactlyInAnyOrder(
                            "tcp LISTEN " + admin.http().port() + " 0",
                            "tcp ESTABLISHED "
                                    + admin.http().port()
                                    + " "
                                    + browser.getLocalPort());
        }
    }

    private static DaemonProcess nsqd(DataFolder folder) throws Exception {
        return new DaemonProcess(io.sluice.nsqd.Main.class, 2, TCP, HTTP, folder.flag());
    }

    private static Socket connect(int port) throws Exception {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** Sends the bytes; the answer must begin so. */
    private static void ask(Socket socket, String question, String answer) throws Exception {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(question.getBytes(StandardCharsets.ISO_8859_1));
        byte[] begin = socket.getInputStream().readNBytes(answer.length());
        assertThat(new String(begin, StandardCharsets.ISO_8859_1)).isEqualTo(answer);
    }
}
