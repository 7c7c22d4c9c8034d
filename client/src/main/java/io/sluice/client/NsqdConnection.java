package io.sluice.client;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameDecoder;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection to nsqd that has shaken hands. One thread may read while another writes; any may
 * close it, which ends what both are waiting for.
 */
final class NsqdConnection implements Closeable {
    private static final int HANDSHAKE_TIMEOUT_MS = 5_000;
    private static final int OUTPUT_BUFFER_BYTES = 64 * 1024;

    private final NsqdAddress address;
    private final Socket socket;
    private final FrameReader in;
    private final OutputStream out;
    private Negotiated negotiated;

    private NsqdConnection(NsqdAddress address, Socket socket, int maxFrameBytes)
            throws IOException {
        this.address = address;
        this.socket = socket;
        in = new FrameReader(socket.getInputStream(), maxFrameBytes);
        out = new BufferedOutputStream(socket.getOutputStream(), OUTPUT_BUFFER_BYTES);
    }

    /**
     * Connects and introduces this client.
     *
     * @param more what IDENTIFY says beside the options
     * @throws ConnectFailedException when that fails
     */
    static NsqdConnection open(
            NsqdAddress address, ConnectionOptions options, Map<String, Object> more) {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(address.host(), address.port()),
                    Math.toIntExact(options.dialTimeout().toMillis()));
            socket.setSoTimeout(HANDSHAKE_TIMEOUT_MS);
            NsqdConnection connection =
                    new NsqdConnection(address, socket, options.maxFrameBytes());
            connection.identify(options, more);
            socket.setSoTimeout(options.silenceMs());
            return connection;
        } catch (IOException | RefusedException | FrameDecoder.MalformedFrame e) {
            close(socket);
            throw new ConnectFailedException(address, e);
        }
    }

    private void identify(ConnectionOptions options, Map<String, Object> more) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("client_id", options.clientId());
        fields.put("hostname", options.hostname());
        fields.put("user_agent", options.userAgent());
        fields.put("feature_negotiation", true);
        fields.put("heartbeat_interval", options.heartbeatInterval().toMillis());
        fields.putAll(more);
        write(ByteBuffer.wrap(CommandEncoder.MAGIC.toArray()));
        negotiated = Negotiated.of(ask(new Command.Identify(Bytes.wrap(Json.object(fields)))));
    }

    /** Sends a command and waits for its answer, before anybody else reads or writes. */
    Bytes ask(Command command) throws IOException {
        write(CommandEncoder.encode(command));
        flush();
        Frame answer = read();
        while (answer.equals(Frame.HEARTBEAT)) {
            write(CommandEncoder.encode(new Command.Nop()));
            flush();
            answer = read();
        }
        if (answer instanceof Frame.Response response) return response.data();
        if (answer instanceof Frame.Error error) throw RefusedException.of(error.data().utf8());
        throw new IOException("a message came before the answer to " + command);
    }

    /** Waits for the next frame; SocketTimeoutException when the daemon is silent for too long. */
    Frame read() throws IOException {
        return in.next();
    }

    /** Sends bytes, at the latest with the next {@link #flush}. */
    void write(ByteBuffer bytes) throws IOException {
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Tells the daemon that no more commands come; what it has sent can still be read. */
    void endOutput() throws IOException {
        out.flush();
        socket.shutdownOutput();
    }

    NsqdAddress address() {
        return address;
    }

    Negotiated negotiated() {
        return negotiated;
    }

    @Override
    public void close() {
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            Log.LOGGER.log(Level.DEBUG, "closing a socket: " + e.getMessage());
        }
    }
}
