package io.sluice.client;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameDecoder;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection to nsqd that has shaken hands. One thread may read while another writes; any may
 * close it, which ends what both are waiting for.
 */
final class NsqdConnection implements Closeable {
    private final NsqdAddress address;
    private final Wire wire;
    private Negotiated negotiated;

    private NsqdConnection(NsqdAddress address, Wire wire) {
        this.address = address;
        this.wire = wire;
    }

    /**
     * Connects and introduces this client.
     *
     * @param more what IDENTIFY says beside the options
     * @throws ConnectFailedException when that fails
     */
    static NsqdConnection open(
            NsqdAddress address, ConnectionOptions options, Map<String, Object> more) {
        Wire wire = null;
        try {
            wire = Wire.connect(address, options);
            NsqdConnection connection = new NsqdConnection(address, wire);
            connection.shakeHands(options, more);
            wire.shookHands();
            return connection;
        } catch (IOException | RefusedException | FrameDecoder.MalformedFrame e) {
            if (wire != null) wire.close();
            throw new ConnectFailedException(address, e);
        }
    }

    /** IDENTIFY, then TLS, then compression, then AUTH: each is done before the next begins. */
    private void shakeHands(ConnectionOptions options, Map<String, Object> more)
            throws IOException {
        wire.write(ByteBuffer.wrap(CommandEncoder.MAGIC.toArray()));
        Map<String, Object> wishes = new LinkedHashMap<>(options.wishes());
        wishes.putAll(more);
        negotiated = Negotiated.of(ask(new Command.Identify(Bytes.wrap(Json.object(wishes)))));
        if (negotiated.tls()) {
            wire.startTls();
            answer();
        } else if (options.tls() != null && options.tls().isRequired()) {
            throw new IOException("the daemon offers no TLS, which the options require");
        }
        if (negotiated.compression() != Compression.NONE) {
            wire.startCompression(negotiated.compression());
            answer();
        } else if (options.compression() != Compression.NONE) {
            Log.LOGGER.log(Level.INFO, address + " offers no " + options.compression());
        }
        if (negotiated.authRequired()) authenticate(options);
    }

    private void authenticate(ConnectionOptions options) throws IOException {
        if (options.authSecret().isEmpty()) {
            throw new NotAuthorizedException("E_AUTH_FIRST Auth Required: no authSecret is set");
        }
        ask(new Command.Auth(Bytes.utf8(options.authSecret())));
    }

    /** Sends a command and waits for its answer, before anybody else reads or writes. */
    Bytes ask(Command command) throws IOException {
        write(CommandEncoder.encode(command));
        flush();
        return answer();
    }

    private Bytes answer() throws IOException {
        Frame answer = read();
        while (answer.equals(Frame.HEARTBEAT)) {
            write(CommandEncoder.encode(new Command.Nop()));
            flush();
            answer = read();
        }
        if (answer instanceof Frame.Response response) return response.data();
        if (answer instanceof Frame.Error error) throw RefusedException.of(error.data().utf8());
        throw new IOException("a message came before the end of the handshake");
    }

    /** Waits for the beginning of the next frame, without sleep and for a moment only. */
    void awaitAwake() {
        wire.awaitAwake();
    }

    /** Waits for the next frame; SocketTimeoutException when a {@link TimeLimits} is exceeded. */
    Frame read() throws IOException {
        return wire.read();
    }

    /** True when the next frame is here, and {@link #read} does not wait for it. */
    boolean hasFrame() {
        return wire.hasFrame();
    }

    /** True when bytes have come that nobody has read yet. */
    boolean hasBytes() throws IOException {
        return wire.hasBytes();
    }

    /** Sends bytes, at the latest with the next {@link #flush}. */
    void write(ByteBuffer bytes) throws IOException {
        wire.write(bytes);
    }

    void flush() throws IOException {
        wire.flush();
    }

    /** Tells the daemon that no more commands come; what it has sent can still be read. */
    void endOutput() throws IOException {
        wire.endOutput();
    }

    NsqdAddress address() {
        return address;
    }

    Negotiated negotiated() {
        return negotiated;
    }

    @Override
    public void close() {
        wire.close();
    }
}
