package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandDecoder;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameEncoder;
import io.sluice.protocol.Limits;
import io.sluice.protocol.Message;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.stream.DeflatePacker;
import io.sluice.protocol.stream.DeflateUnpacker;
import io.sluice.protocol.stream.SnappyPacker;
import io.sluice.protocol.stream.SnappyUnpacker;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A daemon on a real socket that does what the test says, step by step, and nothing by itself. */
final class FakeNsqd implements AutoCloseable {
    static final int DEADLINE_MS = 10_000;

    private final ServerSocket server = new ServerSocket();
    private String identifyAnswer = "{\"max_rdy_count\":2500,\"msg_timeout\":60000}";

    FakeNsqd() throws IOException {
        this(0);
    }

    FakeNsqd(int port) throws IOException {
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setSoTimeout(DEADLINE_MS);
    }

    /** An address where nobody listens. */
    static String deadAddress() throws IOException {
        try (FakeNsqd dead = new FakeNsqd()) {
            return dead.address();
        }
    }

    FakeNsqd identifyAnswer(String answer) {
        identifyAnswer = answer;
        return this;
    }

    int port() {
        return server.getLocalPort();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    NsqdAddress nsqdAddress() {
        return NsqdAddress.of(address());
    }

    /** The next connection, before anything was read from it. */
    Peer acceptSilently() throws IOException {
        return new Peer(server.accept());
    }

    /** The next connection, after its IDENTIFY. */
    Peer accept() throws IOException {
        Peer peer = acceptSilently();
        peer.expectMagic();
        peer.identify = peer.expect(Command.Identify.class);
        peer.send(new Frame.Response(Bytes.utf8(identifyAnswer)));
        return peer;
    }

    /** The next connection, after its SUB. */
    Peer acceptConsumer() throws IOException {
        Peer peer = accept();
        peer.expect(Command.Sub.class);
        peer.send(Frame.OK);
        return peer;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** The daemon's end of a connection. */
    static final class Peer implements AutoCloseable {
        private final Socket socket;
        private InputStream from;
        private OutputStream to;
        private boolean held;
        private final CommandDecoder decoder = new CommandDecoder(Limits.DEFAULT);
        private final ByteBuffer in = ByteBuffer.allocate(4 * 1024 * 1024).limit(0);
        private Command.Identify identify;

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(DEADLINE_MS);
            from = socket.getInputStream();
            to = new BufferedOutputStream(socket.getOutputStream());
        }

        /** The answer to IDENTIFY and the first compressed bytes, all in one. */
        void startCompressionAtOnce(String answer, Compression compression) throws IOException {
            held = true;
            send(new Frame.Response(Bytes.utf8(answer)));
            startCompression(compression);
            held = false;
            to.flush();
        }

        void expectMagic() throws IOException {
            while (in.remaining() < 4) fill();
            assertThat(Bytes.take(in, 4).utf8()).isEqualTo("  V2");
        }

        /** Shakes hands, and says that it is done. */
        void startTls(SSLContext context, boolean wantsCertificate) throws IOException {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
            tls.setUseClientMode(false);
            tls.setNeedClientAuth(wantsCertificate);
            tls.startHandshake();
            from = tls.getInputStream();
            to = tls.getOutputStream();
            send(Frame.OK);
        }

        void startCompression(Compression compression) throws IOException {
            if (compression == Compression.NONE) return;
            boolean snappy = compression == Compression.SNAPPY;
            from = new UnpackedInput(from, snappy ? new SnappyUnpacker() : new DeflateUnpacker());
            to = new PackedOutput(to, snappy ? new SnappyPacker() : new DeflatePacker(1));
            send(Frame.OK);
        }

        /** Where the client's connection comes from. */
        InetSocketAddress from() {
            return (InetSocketAddress) socket.getRemoteSocketAddress();
        }

        String identify() {
            return identify.json().utf8();
        }

        /** The next command; fails after the deadline. */
        Command next() throws IOException {
            while (true) {
                Command command = decoder.decode(in, verb -> true);
                if (command != null) return command;
                fill();
            }
        }

        <C extends Command> C expect(Class<C> type) throws IOException {
            Command command = next();
            assertThat(command).isInstanceOf(type);
            return type.cast(command);
        }

        void expect(Command expected) throws IOException {
            assertThat(next()).isEqualTo(expected);
        }

        void expectPub(String topic, String body) throws IOException {
            Command.Pub pub = expect(Command.Pub.class);
            assertThat(pub.topic() + ":" + pub.body().utf8()).isEqualTo(topic + ":" + body);
        }

        /** True when the client answers a heartbeat, false when it has left. */
        boolean beats() throws IOException {
            try {
                send(Frame.HEARTBEAT);
                expect(Command.Nop.class);
                return true;
            } catch (EOFException | SocketException e) {
                return false;
            }
        }

        /** The client sends nothing more. */
        void expectEnd() throws IOException {
            assertThat(in.hasRemaining()).isFalse();
            assertThat(from.read()).isEqualTo(-1);
        }

        void send(Frame... frames) throws IOException {
            for (Frame frame : frames) {
                ByteBuffer out = ByteBuffer.allocate(FrameEncoder.length(frame));
                FrameEncoder.encode(frame, out);
                sendRaw(out.array());
            }
        }

        void sendRaw(byte[] bytes) throws IOException {
            to.write(bytes);
            if (!held) to.flush();
        }

        void error(String text) throws IOException {
            send(new Frame.Error(Bytes.utf8(text)));
        }

        /** Delivers a message whose body is its id. */
        MessageId push(int number, int attempts) throws IOException {
            MessageId id = MessageId.ofGuid(number);
            Bytes body = Bytes.utf8("m" + number);
            send(new Frame.Push(new Message(id, 1_700_000_000_000_000_123L, attempts, body)));
            return id;
        }

        private void fill() throws IOException {
            in.compact();
            try {
                byte[] array = in.array();
                int length = from.read(array, in.position(), in.remaining());
                if (length < 0) throw new EOFException("the client closed");
                in.position(in.position() + length);
            } finally {
                in.flip();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
