package io.sluice.examples.clients;

import io.sluice.daemon.HostAndPort;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** One message at a time without a library: what the daemon and the system take by themselves. */
final class BareSocket implements AutoCloseable {
    static final String NAME = "bare socket";

    /** Bytes of a frame that says OK. */
    private static final int OK_LENGTH = 10;

    private final Socket socket;

    BareSocket(HostAndPort daemon) throws IOException {
        socket = new Socket(daemon.host(), daemon.port());
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(CommandEncoder.MAGIC.toArray());
    }

    void publishAndWait(String topic, byte[] body) throws IOException {
        Command pub = new Command.Pub(new TopicName(topic), Bytes.wrap(body));
        ByteBuffer bytes = CommandEncoder.encode(pub);
        socket.getOutputStream().write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
        if (socket.getInputStream().readNBytes(OK_LENGTH).length < OK_LENGTH) {
            throw new IOException("no answer");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
