package io.sluice.nsqd.blackbox;

import io.sluice.daemon.HostAndPort;
import io.sluice.protocol.stream.Packer;
import io.sluice.protocol.stream.Unpacker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/** Bytes to the daemon and back: plain, encrypted, compressed, or both. */
final class Wire {
    private static final int PIECE = 64 * 1024;

    private Socket socket;
    private Packer packer;
    private Unpacker unpacker;
    private final ByteBuffer packed = ByteBuffer.allocate(PIECE).flip();
    private boolean lastWasFull;

    /**
     * @param receiveBuffer bytes that the system may take in for a client that does not read
     */
    Wire(HostAndPort address, int receiveBuffer) {
        try {
            socket = new Socket();
            socket.setReceiveBufferSize(receiveBuffer);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address.host(), address.port()), 5_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes to TLS now; UncheckedIOException when the handshake fails. */
    SSLSocket secure(SSLContext context) {
        try {
            String host = socket.getInetAddress().getHostAddress();
            SSLSocket secured =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(socket, host, socket.getPort(), true);
            secured.startHandshake();
            socket = secured;
            return secured;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Changes to compression now.
     *
     * @param early what has been read already, and is compressed
     */
    void compress(Packer newPacker, Unpacker newUnpacker, ByteBuffer early) {
        packed.clear().put(early).flip();
        packer = newPacker;
        unpacker = newUnpacker;
    }

    void write(byte[] bytes) {
        if (packer == null) {
            writeRaw(bytes);
            return;
        }
        ByteBuffer out = packer.pack(ByteBuffer.wrap(bytes));
        byte[] exact = new byte[out.remaining()];
        out.get(exact);
        writeRaw(exact);
    }

    /** Writes past the compression. */
    void writeRaw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads something into {@code in}; false when the daemon has closed. */
    boolean read(ByteBuffer in, long deadlineNs) {
        if (unpacker == null) return readRaw(in, deadlineNs);
        int before = in.position();
        while (in.position() == before) {
            if (!lastWasFull && !packed.hasRemaining()) {
                packed.clear();
                boolean more = readRaw(packed, deadlineNs);
                packed.flip();
                if (!more) return false;
            }
            unpacker.unpack(packed, in);
            lastWasFull = !in.hasRemaining();
        }
        return true;
    }

    private boolean readRaw(ByteBuffer in, long deadlineNs) {
        try {
            long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
            socket.setSoTimeout((int) Math.max(1, leftMs));
            int at = in.position();
            int count = socket.getInputStream().read(in.array(), at, in.remaining());
            if (count < 0) return false;
            in.position(at + count);
            return true;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came from the daemon", e);
        } catch (SocketException | SSLHandshakeException e) {
            // A reset: the daemon closed while something of ours was still unread.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
