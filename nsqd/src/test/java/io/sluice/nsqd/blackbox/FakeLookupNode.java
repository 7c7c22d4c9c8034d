package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.LookupCommand;
import io.sluice.protocol.LookupCommandCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A lookup node that answers as it is told to, and remembers what it has heard: commands as their
 * lines, HTTP requests as {@code GET} and what follows. It serves one daemon.
 */
final class FakeLookupNode implements AutoCloseable {
    private static final int PATIENCE_S = 20;
    private static final int MAX_BODY = 64 * 1024;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final HttpServer http =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private volatile Function<String, byte[]> answers = this::wellBehaved;
    private volatile UnaryOperator<String> channels = query -> "{\"channels\":[]}";
    private volatile Socket connection;

    FakeLookupNode() throws IOException {
        http.createContext("/", this::answer);
        http.setExecutor(threads);
        http.start();
        threads.execute(this::serve);
    }

    /** What to give to --lookupd-tcp-address. */
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** From now on answers commands so; null for not at all. */
    void answering(Function<String, byte[]> toLine) {
        answers = toLine;
    }

    /** What a node that works says. */
    byte[] wellBehaved(String line) {
        String json =
                "{\"broadcast_address\":\"127.0.0.1\",\"hostname\":\"fake\",\"http_port\":"
                        + http.getAddress().getPort()
                        + ",\"tcp_port\":"
                        + server.getLocalPort()
                        + ",\"version\":\"1.3.0\"}";
        return answer(line.startsWith("IDENTIFY") ? json : "OK");
    }

    /** An answer with this payload. */
    static byte[] answer(String payload) {
        return LookupCommandCodec.answer(Bytes.utf8(payload)).array();
    }

    /** From now on answers /channels so, given the topic; null for not at all. */
    void knowing(UnaryOperator<String> bodyForTopic) {
        channels = bodyForTopic;
    }

    /** The next command, from whatever connection. */
    String next() {
        return next(heard);
    }

    /** The next HTTP request. */
    String nextQuestion() {
        return next(asked);
    }

    private static String next(BlockingQueue<String> from) {
        try {
            String line = from.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (line == null) throw new AssertionError("the daemon said nothing");
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next commands are these. */
    FakeLookupNode expect(String... lines) {
        for (String line : lines) assertThat(next()).isEqualTo(line);
        return this;
    }

    /** This command comes, perhaps behind others. */
    FakeLookupNode skipTo(String line) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!next().equals(line)) {
            if (System.nanoTime() > deadlineNs) throw new AssertionError("no " + line);
        }
        return this;
    }

    /** The next command is IDENTIFY; returns its body. */
    String expectIdentify() {
        String line = next();
        assertThat(line).startsWith("IDENTIFY ");
        return line.substring(9);
    }

    /** Sends the daemon these bytes. */
    void write(byte[] bytes) {
        try {
            connection.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the daemon's connection, as a node that is restarted does. */
    void drop() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the daemon's connection with a reset. */
    void reset() {
        try {
            connection.setSoLinger(true, 0);
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (true) {
            try (Socket accepted = server.accept()) {
                connection = accepted;
                serve(accepted);
            } catch (IOException e) {
                // The connection was dropped; or the node was closed, and accept() says so.
                if (server.isClosed()) return;
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        String magic = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
        if (!magic.equals("  V1")) heard.add("magic '" + magic + "'");
        LookupCommandCodec codec = new LookupCommandCodec(MAX_BODY);
        ByteBuffer unread = ByteBuffer.allocate(2 * MAX_BODY).flip();
        while (true) {
            LookupCommand command;
            while ((command = codec.decode(unread, verb -> {})) != null) {
                String line = line(command);
                byte[] answer = answers.apply(line);
                heard.add(line);
                if (answer != null) socket.getOutputStream().write(answer);
            }
            unread.compact();
            int count = in.read(unread.array(), unread.position(), unread.remaining());
            if (count < 0) break;
            unread.position(unread.position() + count).flip();
        }
        heard.add("closed");
    }

    private static String line(LookupCommand command) {
        if (command instanceof LookupCommand.Identify c) return "IDENTIFY " + c.json().utf8();
        ByteBuffer bytes = LookupCommandCodec.encode(command);
        return StandardCharsets.ISO_8859_1.decode(bytes).toString().stripTrailing();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        String uri = exchange.getRequestURI().toString();
        String body = channels.apply(uri.substring(uri.indexOf('=') + 1));
        asked.add(exchange.getRequestMethod() + " " + uri + " " + accept);
        if (body == null) return;
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(body.startsWith("{") ? 200 : 500, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (connection != null) connection.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
