package io.sluice.nsqd.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** HTTP by hand: it sends what no client library would, and sees what none would show. */
final class RawHttp implements AutoCloseable {
    private static final int DEADLINE_MS = 10_000;

    private final Socket socket;
    private final InputStream in;

    /**
     * An answer.
     *
     * @param headers by name, without regard to case
     */
    record Reply(int status, Map<String, String> headers, String body) {
        /** That it is an error with this code, in the form of all errors. */
        void expectError(int expectedStatus, String code) {
            assertThat(status + " " + body)
                    .isEqualTo(expectedStatus + " {\"message\":\"" + code + "\"}");
            assertThat(headers)
                    .containsEntry("Content-Type", "application/json; charset=utf-8")
                    .containsEntry("X-NSQ-Content-Type", "nsq; version=1.0");
        }

        /** That it is a success without a body. */
        void expectEmpty() {
            assertThat(status + " " + body).isEqualTo("200 ");
            assertThat(headers)
                    .containsEntry("Content-Length", "0")
                    .containsEntry("X-NSQ-Content-Type", "nsq; version=1.0")
                    .doesNotContainKey("Content-Type");
        }

        /** That it is the text {@code OK}. */
        void expectOk() {
            assertThat(status + " " + body).isEqualTo("200 OK");
            assertThat(headers)
                    .containsEntry("Content-Type", "text/plain; charset=utf-8")
                    .containsEntry("X-NSQ-Content-Type", "nsq; version=1.0");
        }
    }

    RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(DEADLINE_MS);
        in = socket.getInputStream();
    }

    static Reply request(int port, String method, String target, byte[] body) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            http.send(head(method, target, "Content-Length: " + body.length));
            http.send(body);
            return http.reply();
        }
    }

    /** A request line and headers, up to and with the empty line. */
    static String head(String method, String target, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        head.append("Host: localhost\r\n");
        for (String header : headers) head.append(header).append("\r\n");
        return head.append("\r\n").toString();
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    void send(String text) throws IOException {
        send(latin1(text));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next answer on this connection. */
    Reply reply() throws IOException {
        String[] statusLine = line().split(" ", 3);
        assertThat(statusLine[0]).startsWith("HTTP/");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String header;
        while (!(header = line()).isEmpty()) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).trim());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Reply(Integer.parseInt(statusLine[1]), headers, body);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) != '\n') {
            if (next < 0) throw new IOException("closed after: " + line);
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
