package io.sluice.client;

import io.sluice.protocol.Frame;
import io.sluice.protocol.stream.DeflatePacker;
import io.sluice.protocol.stream.DeflateUnpacker;
import io.sluice.protocol.stream.Packer;
import io.sluice.protocol.stream.SnappyPacker;
import io.sluice.protocol.stream.SnappyUnpacker;
import io.sluice.protocol.stream.Unpacker;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/** Frames from a socket and bytes to it, through the layers that are agreed on. */
final class Wire implements Closeable {
    private static final int OUTPUT_BUFFER_BYTES = 64 * 1024;

    /** A daemon that is slow to shake hands should not keep the client from the next one. */
    private static final int MAX_HANDSHAKE_WAIT_MS = 10_000;

    private final NsqdAddress address;
    private final ConnectionOptions options;
    private final TimeLimits limits;
    private final WakefulWait wait = new WakefulWait(System::nanoTime);
    private final Socket socket = new Socket();

    /** What ends the output: the socket, or the TLS on it. */
    private Socket top = socket;

    private FrameReader in;
    private OutputStream out;

    private Wire(NsqdAddress address, ConnectionOptions options) {
        this.address = address;
        this.options = options;
        limits = new TimeLimits(options.readTimeout(), options.writeTimeout(), System::nanoTime);
    }

    /** Connects; what comes until the client {@link #shookHands} must come soon. */
    static Wire connect(NsqdAddress address, ConnectionOptions options) throws IOException {
        Wire wire = new Wire(address, options);
        try {
            wire.socket.setTcpNoDelay(true);
            wire.bind();
            wire.socket.connect(
                    new InetSocketAddress(address.host(), address.port()),
                    Math.toIntExact(options.dialTimeout().toMillis()));
            long readTimeoutMs = options.readTimeout().toMillis();
            wire.socket.setSoTimeout((int) Math.min(readTimeoutMs, MAX_HANDSHAKE_WAIT_MS));
            wire.layer(wire.input(), wire.output());
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    private void bind() throws IOException {
        InetSocketAddress local = options.localAddress();
        if (local == null) return;
        // A port that is named serves connections to several daemons, and the next ones to each.
        socket.setReuseAddress(local.getPort() != 0);
        try {
            socket.bind(local);
        } catch (IOException e) {
            String from = local.getHostString() + ":" + local.getPort();
            throw new IOException("from " + from + ": " + e.getMessage(), e);
        }
    }

    private InputStream input() throws IOException {
        return limits.onReading(top.getInputStream());
    }

    private OutputStream output() throws IOException {
        return limits.onWriting(top.getOutputStream());
    }

    private void layer(InputStream from, OutputStream to) {
        in = new FrameReader(from, options.maxFrameBytes());
        out = new BufferedOutputStream(to, OUTPUT_BUFFER_BYTES);
    }

    /** Here the client speaks first, so that no byte is in the old buffer. */
    void startTls() throws IOException {
        SSLSocket tls = options.tls().over(socket, address);
        top = tls;
        layer(input(), output());
    }

    /** The daemon's first compressed bytes may have come with the answer before them. */
    void startCompression(Compression compression) throws IOException {
        boolean snappy = compression == Compression.SNAPPY;
        Packer packer = snappy ? new SnappyPacker() : new DeflatePacker(options.deflateLevel());
        Unpacker unpacker = snappy ? new SnappyUnpacker() : new DeflateUnpacker();
        InputStream rest = new ByteArrayInputStream(in.takeRest());
        InputStream packed = new SequenceInputStream(rest, input());
        layer(new UnpackedInput(packed, unpacker), new PackedOutput(output(), packer));
    }

    /** From now on whoever reads sees to the time limits of reading and writing. */
    void shookHands() throws IOException {
        socket.setSoTimeout(limits.begin());
    }

    /** Waits for bytes as {@link WakefulWait} does. */
    void awaitAwake() {
        if (in.hasNext()) return;
        try {
            wait.forSomething(socket.getInputStream());
        } catch (IOException e) {
            // The read that follows fails for the same reason.
        }
    }

    /** Waits for the next frame; SocketTimeoutException when a {@link TimeLimits} is exceeded. */
    Frame read() throws IOException {
        return in.next();
    }

    /** True when the next frame is here, and {@link #read} does not wait for it. */
    boolean hasFrame() {
        return in.hasNext();
    }

    /** True when bytes have come that nobody has read yet. */
    boolean hasBytes() throws IOException {
        return socket.getInputStream().available() > 0;
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
        top.shutdownOutput();
    }

    /** Closes the socket beneath all layers: TLS would wait for a write that is stuck. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            Log.LOGGER.log(Level.DEBUG, "closing a socket: " + e.getMessage());
        }
    }
}
