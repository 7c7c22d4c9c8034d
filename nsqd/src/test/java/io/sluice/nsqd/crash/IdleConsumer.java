package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.HostAndPort;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One of many: it subscribes, is ready, gets no message, and answers each heartbeat. */
final class IdleConsumer implements AutoCloseable {
    private static final int MAX_FRAME = 1024;
    private static final ByteBuffer NOP = ByteBuffer.wrap(bytes("NOP\n")).asReadOnlyBuffer();

    private final SocketChannel socket;
    private final FrameDecoder decoder = new FrameDecoder(MAX_FRAME);
    private final ByteBuffer in = ByteBuffer.allocate(64).flip();
    private long lastNs;
    private long longestGapNs;
    private int answers;
    private int heartbeats;

    /** Connects, and sends all that it ever has to say besides NOP. */
    IdleConsumer(HostAndPort address, String topic, String channel, int heartbeatMs)
            throws IOException {
        socket = SocketChannel.open(new InetSocketAddress(address.host(), address.port()));
        String identity = "{\"heartbeat_interval\":" + heartbeatMs + "}";
        ByteBuffer out = ByteBuffer.allocate(512);
        out.put(bytes("  V2IDENTIFY\n")).putInt(identity.length()).put(bytes(identity));
        out.put(bytes("SUB " + topic + " " + channel + "\nRDY 1\n")).flip();
        send(out);
        socket.configureBlocking(false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** So little that it always goes at once. */
    private void send(ByteBuffer out) throws IOException {
        socket.write(out);
        assertThat(out.remaining()).as("bytes that cannot be sent").isZero();
    }

    SocketChannel socket() {
        return socket;
    }

    /** Takes what is there, which has to be two answers first, and only heartbeats then. */
    void read(long nowNs) throws IOException {
        in.compact();
        int count = socket.read(in);
        in.flip();
        assertThat(count).as("end of a connection after %d heartbeats", heartbeats).isNotNegative();
        for (Frame frame = decoder.decode(in); frame != null; frame = decoder.decode(in)) {
            boolean isAnswer = answers < 2;
            assertThat(frame).isEqualTo(isAnswer ? Frame.OK : Frame.HEARTBEAT);
            if (isAnswer) answers++;
            else heartbeat(nowNs);
            lastNs = nowNs;
        }
    }

    private void heartbeat(long nowNs) throws IOException {
        heartbeats++;
        longestGapNs = Math.max(longestGapNs, nowNs - lastNs);
        send(NOP.duplicate());
    }

    int heartbeats() {
        return heartbeats;
    }

    /** Between one and the next, or between the subscription and the first. */
    long longestGapNs() {
        return longestGapNs;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
