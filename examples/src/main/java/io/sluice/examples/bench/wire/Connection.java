package io.sluice.examples.bench.wire;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Frame;
import io.sluice.protocol.TopicName;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection to a daemon that costs the load generator little: two big buffers, and frames that
 * are looked at where they lie. One thread uses it; any thread may close it or {@link
 * #stopMessages}.
 */
public final class Connection implements Closeable {
    private static final int BUFFER_LENGTH = 256 * 1024;
    private static final int SMALL_LENGTH = 1024;
    private static final int PREFIX = 8;
    private static final ByteBuffer NOP = CommandEncoder.encode(new Command.Nop());
    private static final ByteBuffer CLS = CommandEncoder.encode(new Command.Cls());

    private final SocketChannel channel;
    private final ByteBuffer in;
    private final ByteBuffer out;
    private int frameStart;
    private int frameEnd;

    private Connection(SocketChannel channel, int bufferLength) {
        this.channel = channel;
        in = ByteBuffer.allocateDirect(bufferLength).limit(0);
        out = ByteBuffer.allocateDirect(bufferLength);
    }

    /**
     * Connects. The magic goes out with the first command.
     *
     * @param longest bytes of the longest command or frame that will be seen
     */
    public static Connection open(InetSocketAddress address, int longest) throws IOException {
        return connect(address, Math.max(BUFFER_LENGTH, 2 * longest));
    }

    /** The same with small buffers, for one of many that will see no messages. */
    public static Connection openIdle(InetSocketAddress address) throws IOException {
        return connect(address, SMALL_LENGTH);
    }

    private static Connection connect(InetSocketAddress address, int bufferLength)
            throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        Connection connection = new Connection(channel, bufferLength);
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connection.out.put(CommandEncoder.MAGIC.toArray());
            return connection;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Sends a command and waits for its OK, before any message may come. */
    public void ask(Command command) throws IOException {
        send(command);
        flush();
        awaitOk();
    }

    /** Introduces itself and subscribes; no message comes before RDY. */
    public void subscribe(Consuming consuming, TopicName topic, ChannelName channelName)
            throws IOException {
        ask(new Command.Identify(Bytes.utf8(consuming.identify())));
        ask(new Command.Sub(topic, channelName));
    }

    /** Writes a command, which goes out with the next {@link #flush}. */
    public void send(Command command) throws IOException {
        ByteBuffer encoded = CommandEncoder.encode(command);
        room(encoded.remaining()).put(encoded);
    }

    /** Waits for one OK. */
    public void awaitOk() throws IOException {
        while (!next()) receive();
        if (!isOk()) throw unexpected();
    }

    /** False until {@code length} bytes fit in front of the next {@link #flush}. */
    public boolean hasRoom(int length) {
        return out.remaining() >= length;
    }

    /** Where to write commands; there is room for {@code length} bytes. */
    public ByteBuffer room(int length) throws IOException {
        if (out.remaining() < length) flush();
        return out;
    }

    /** Sends what was written: all of it, or what the socket takes if it does not block. */
    public void flush() throws IOException {
        out.flip();
        do channel.write(out);
        while (out.hasRemaining() && channel.isBlocking());
        out.compact();
    }

    /**
     * Sends what was written before, and then these bytes; waits until the socket has taken all.
     */
    public void write(ByteBuffer bytes) throws IOException {
        flush();
        while (bytes.hasRemaining()) channel.write(bytes);
    }

    /** Chooses whether {@link #receive} and {@link #flush} wait; they do unless told otherwise. */
    public void blocking(boolean block) throws IOException {
        channel.configureBlocking(block);
    }

    /** Reads once. Call {@link #next} until it is false before. */
    public void receive() throws IOException {
        in.compact();
        int count = channel.read(in);
        in.flip();
        if (count < 0) throw new EOFException("the daemon closed the connection");
    }

    /** Moves to the next frame that has come whole; heartbeats are answered and passed over. */
    public boolean next() throws IOException {
        while (in.remaining() >= Integer.BYTES) {
            int start = in.position();
            int size = in.getInt(start);
            if (size < PREFIX - Integer.BYTES || size > in.capacity() - Integer.BYTES) {
                throw new BenchException("a frame of " + size + " bytes came");
            }
            if (in.remaining() < Integer.BYTES + size) return false;
            frameStart = start;
            frameEnd = start + Integer.BYTES + size;
            in.position(frameEnd);
            if (type() == Frame.ERROR) throw new BenchException("the daemon answered " + text());
            if (!isHeartbeat()) return true;
            room(NOP.capacity()).put(NOP.duplicate());
            flush();
        }
        return false;
    }

    private int type() {
        return in.getInt(frameStart + Integer.BYTES);
    }

    private boolean isHeartbeat() {
        return isResponse(Frame.HEARTBEAT);
    }

    /** True at the answer to a command that went well. */
    public boolean isOk() {
        return isResponse(Frame.OK);
    }

    /** True at the answer to {@link #stopMessages}. */
    public boolean isCloseWait() {
        return isResponse(Frame.CLOSE_WAIT);
    }

    private boolean isResponse(Frame.Response response) {
        Bytes data = response.data();
        if (type() != Frame.RESPONSE || frameLength() != PREFIX + data.length()) return false;
        for (int i = 0; i < data.length(); i++) {
            if (in.get(frameStart + PREFIX + i) != data.at(i)) return false;
        }
        return true;
    }

    /** True at a message. */
    public boolean isMessage() {
        return type() == Frame.MESSAGE;
    }

    /** Length of the whole frame. */
    public int frameLength() {
        return frameEnd - frameStart;
    }

    /** The eight bytes at {@code offset} behind the frame's length and type. */
    public long dataLong(int offset) {
        return in.getLong(frameStart + PREFIX + offset);
    }

    /** What to throw at a frame that has no place here. */
    public BenchException unexpected() {
        return new BenchException("the daemon sent, unasked: type " + type() + ", " + text());
    }

    private String text() {
        byte[] data = new byte[frameLength() - PREFIX];
        in.get(frameStart + PREFIX, data);
        return new String(data, StandardCharsets.UTF_8);
    }

    /** Sends CLS. Goes past the buffer, since another thread may be using that. */
    public void stopMessages() throws IOException {
        channel.write(CLS.duplicate());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
