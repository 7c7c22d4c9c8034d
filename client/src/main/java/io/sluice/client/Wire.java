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

    private final NsqdAddress address;
    private final ConnectionOptions options;
    private final Socket socket = new Socket();

    /** What ends the output: the socket, or the TLS on it. */
    private Socket top = socket;

    private FrameReader in;
    private OutputStream out;

    private Wire(NsqdAddress address, ConnectionOptions options) {
        this.address = address;
        this.options = options;
    }

    /** Connects, and has a time limit for each read until {@link #awaitFor} sets another. */
    static Wire connect(NsqdAddress address, ConnectionOptions options, int readTimeoutMs)
            throws IOException {
        Wire wire = new Wire(address, options);
        try {
            wire.socket.setTcpNoDelay(true);
            wire.socket.connect(
                    new InetSocketAddress(address.host(), address.port()),
                    Math.toIntExact(options.dialTimeout().toMillis()));
            wire.socket.setSoTimeout(readTimeoutMs);
            wire.layer(wire.socket.getInputStream(), wire.socket.getOutputStream());
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    private void layer(InputStream from, OutputStream to) {
        in = new FrameReader(from, options.maxFrameBytes());
        out = new BufferedOutputStream(to, OUTPUT_BUFFER_BYTES);
    }

    /** Here the client speaks first, so that no byte is in the old buffer. */
    void startTls() throws IOException {
        SSLSocket tls = options.tls().over(socket, address);
        top = tls;
        layer(tls.getInputStream(), tls.getOutputStream());
    }

    /** The daemon's first compressed bytes may have come with the answer before them. */
    void startCompression(Compression compression) throws IOException {
        boolean snappy = compression == Compression.SNAPPY;
        Packer packer = snappy ? new SnappyPacker() : new DeflatePacker(options.deflateLevel());
        Unpacker unpacker = snappy ? new SnappyUnpacker() : new DeflateUnpacker();
        InputStream rest = new ByteArrayInputStream(in.takeRest());
        InputStream packed = new SequenceInputStream(rest, top.getInputStream());
        layer(new UnpackedInput(packed, unpacker), new PackedOutput(top.getOutputStream(), packer));
    }

    /** Longest wait for a byte, in milliseconds. */
    void awaitFor(int readTimeoutMs) throws IOException {
        socket.setSoTimeout(readTimeoutMs);
    }

    /** Waits for the next frame; SocketTimeoutException when the daemon is silent for too long. */
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
