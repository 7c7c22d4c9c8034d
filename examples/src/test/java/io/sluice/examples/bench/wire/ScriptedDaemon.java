package io.sluice.examples.bench.wire;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameEncoder;
import io.sluice.protocol.Message;
import io.sluice.protocol.MessageId;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The other end of one connection, which sends what it is told to. */
public final class ScriptedDaemon implements Closeable {
    private static final int PATIENCE_MS = 30_000;

    private final ServerSocket server;
    private Socket client;

    public ScriptedDaemon() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MS);
    }

    public Connection connect(int longest) throws IOException {
        Connection connection = Connection.open(address(), longest);
        accept();
        return connection;
    }

    HttpConnection connectHttp() throws IOException {
        HttpConnection connection = HttpConnection.open(address());
        accept();
        return connection;
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private void accept() throws IOException {
        client = server.accept();
        client.setSoTimeout(PATIENCE_MS);
        client.setTcpNoDelay(true);
    }

    /** Sends no more, but still reads. */
    void endOfStream() throws IOException {
        client.shutdownOutput();
    }

    /** Sends frames in one write. */
    public void send(Frame... frames) throws IOException {
        client.getOutputStream().write(encoded(frames));
    }

    void sendRaw(byte[] bytes) throws IOException {
        client.getOutputStream().write(bytes);
    }

    /** Reads exactly so many bytes. */
    public String read(int count) throws IOException {
        InputStream in = client.getInputStream();
        return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    static byte[] encoded(Frame... frames) {
        int length = 0;
        for (Frame frame : frames) length += FrameEncoder.length(frame);
        ByteBuffer out = ByteBuffer.allocate(length);
        for (Frame frame : frames) FrameEncoder.encode(frame, out);
        return out.array();
    }

    /** A message as the load generator makes them. */
    public static Frame.Push message(long number, int size) {
        return message(number, 1, size);
    }

    public static Frame.Push message(long number, int attempts, int size) {
        byte[] body = ByteBuffer.allocate(size).putLong(number).array();
        return new Frame.Push(new Message(MessageId.ofGuid(number), 1, attempts, Bytes.wrap(body)));
    }

    @Override
    public void close() throws IOException {
        if (client != null) client.close();
        server.close();
    }
}
