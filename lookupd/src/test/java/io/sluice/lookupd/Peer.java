package io.sluice.lookupd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.HostAndPort;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** A queue daemon's end of a connection, byte by byte. */
final class Peer implements AutoCloseable {
    private static final int DEADLINE_MS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    Peer(HostAndPort address) throws IOException {
        socket = new Socket(address.host(), address.port());
        socket.setSoTimeout(DEADLINE_MS);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** The address that the other end sees. */
    String address() {
        return new HostAndPort(socket.getLocalAddress().getHostAddress(), socket.getLocalPort())
                .toString();
    }

    /** A whole HTTP answer as it comes, for what a client library would not send. */
    static String http(HostAndPort address, String method, String uri) throws IOException {
        try (Peer peer = new Peer(address)) {
            peer.send(method + " " + uri + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            return peer.rest();
        }
    }

    Peer send(String bytes) throws IOException {
        out.write(bytes.getBytes(ISO_8859_1));
        return this;
    }

    String identify(String json) throws IOException {
        send("IDENTIFY\n");
        byte[] body = json.getBytes(UTF_8);
        out.writeInt(body.length);
        out.write(body);
        return answer();
    }

    /** Introduces itself as the daemon of that broadcast address. */
    Peer introduce(String broadcastAddress) throws IOException {
        String json =
                """
                {"broadcast_address":"%s","hostname":"h-%s","http_port":4151,"tcp_port":4150,
                "topology_region":"r1","topology_zone":"z1","version":"1.3.0"}"""
                        .formatted(broadcastAddress, broadcastAddress);
        String answer = send("  V1").identify(json);
        assertThat(answer).startsWith("{\"broadcast_address\":");
        return this;
    }

    /** Sends the line and wants OK. */
    Peer tell(String line) throws IOException {
        send(line + "\n");
        assertThat(answer()).as(line).isEqualTo("OK");
        return this;
    }

    String answer() throws IOException {
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        return new String(payload, UTF_8);
    }

    /** Wants that answer and then the end of the connection. */
    void assertLastAnswer(String expected) throws IOException {
        assertThat(answer()).isEqualTo(expected);
        assertThat(in.read()).as("end of connection").isEqualTo(-1);
    }

    /** Wants that next, whatever follows. */
    void assertStart(String expected) throws IOException {
        assertThat(new String(in.readNBytes(expected.length()), UTF_8)).isEqualTo(expected);
    }

    /** All that comes until the end. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), UTF_8);
    }

    void assertEnd() throws IOException {
        assertThat(in.read()).as("end of connection").isEqualTo(-1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
