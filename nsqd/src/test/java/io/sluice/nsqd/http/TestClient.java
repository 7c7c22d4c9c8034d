package io.sluice.nsqd.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of the TCP protocol. */
final class TestClient implements AutoCloseable {
    private static final int DEADLINE_MS = 10_000;

    private final Socket socket;
    private final DataInputStream in;

    TestClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(DEADLINE_MS);
        in = new DataInputStream(socket.getInputStream());
        send("  V2");
    }

    int port() {
        return socket.getLocalPort();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void identify(String json) throws IOException {
        send("IDENTIFY\n" + length(json) + json);
        expectOk();
    }

    void publish(String topic, String body) throws IOException {
        send("PUB " + topic + "\n" + length(body) + body);
        expectOk();
    }

    void consume(String topic, String channel, int ready) throws IOException {
        send("SUB " + topic + " " + channel + "\n");
        expectOk();
        send("RDY " + ready + "\n");
    }

    /** The body of the next message. */
    String message() throws IOException {
        byte[] frame = frame();
        // Type, timestamp, attempts, id.
        int header = 4 + 8 + 2 + 16;
        return new String(frame, header, frame.length - header, StandardCharsets.ISO_8859_1);
    }

    /** True when the daemon has closed the connection. */
    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    private void expectOk() throws IOException {
        assertThat(frame()).isEqualTo(new byte[] {0, 0, 0, 0, 'O', 'K'});
    }

    private byte[] frame() throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static String length(String body) {
        return "\0\0" + (char) (body.length() >> 8) + (char) (body.length() & 0xff);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
