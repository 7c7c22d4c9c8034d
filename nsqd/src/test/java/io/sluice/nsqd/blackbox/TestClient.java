package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.HostAndPort;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameDecoder;
import io.sluice.protocol.Message;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.TopicName;
import io.sluice.protocol.stream.Packer;
import io.sluice.protocol.stream.Unpacker;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client that can be as rude as it likes. It never waits for the daemon without a deadline. */
public final class TestClient implements AutoCloseable {
    /** An id that no daemon gives to a message. */
    public static final MessageId NO_SUCH_ID = MessageId.of("no-such-message!");

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int MAX_FRAME = 16 * 1024 * 1024;
    private static final int OUR_BUFFER = 64 * 1024;

    private final Wire wire;
    private final FrameDecoder decoder = new FrameDecoder(MAX_FRAME);
    private boolean answersHeartbeats;
    private ByteBuffer unread = ByteBuffer.allocate(OUR_BUFFER).flip();

    private TestClient(Wire wire) {
        this.wire = wire;
    }

    /** Connects to the daemon under test and sends the magic. */
    public static TestClient connect() {
        return connect(Target.tcp());
    }

    public static TestClient connect(HostAndPort address) {
        return connectSilently(address).write("  V2");
    }

    /** Connects and sends nothing. */
    public static TestClient connectSilently(HostAndPort address) {
        return connectSilently(address, OUR_BUFFER);
    }

    /**
     * Connects and sends nothing.
     *
     * @param receiveBuffer bytes that the system may take in for a client that does not read
     */
    public static TestClient connectSilently(HostAndPort address, int receiveBuffer) {
        return new TestClient(new Wire(address, receiveBuffer));
    }

    /** Changes to compression now: the daemon may have begun with it behind its last frame. */
    void compress(Packer packer, Unpacker unpacker) {
        wire.compress(packer, unpacker, unread);
    }

    /** What is under it, for those who change it. */
    Wire wire() {
        return wire;
    }

    /** Writes whole commands, in one go. */
    public TestClient send(Command... commands) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Command command : commands) all.writeBytes(CommandEncoder.encode(command).array());
        return writeBytes(all.toByteArray());
    }

    /** Writes texts as Latin-1, integers as four bytes and byte arrays as they are, in one go. */
    public TestClient write(Object... parts) {
        return writeBytes(bytes(parts));
    }

    /** As {@link #write}; false when the daemon has closed. */
    public boolean writeUnlessClosed(Object... parts) {
        try {
            write(parts);
            return true;
        } catch (UncheckedIOException closed) {
            return false;
        }
    }

    /** What {@link #write} would write. */
    public static byte[] bytes(Object... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Integer number) {
                all.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
            } else if (part instanceof byte[] raw) {
                all.writeBytes(raw);
            } else {
                all.writeBytes(part.toString().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return all.toByteArray();
    }

    private TestClient writeBytes(byte[] bytes) {
        wire.write(bytes);
        return this;
    }

    /** Says that nothing more will come, and can still read. */
    public TestClient endOutput() {
        wire.endOutput();
        return this;
    }

    /** Goes away. The same as {@link #close}, for where it is the point of a test. */
    public void hangUp() {
        close();
    }

    /** Closes as a process that was killed with unread data does: with a reset. */
    public void reset() {
        wire.reset();
    }

    /** The next frame, be it a heartbeat or not. */
    public Frame read() {
        Frame frame = readUnlessClosed();
        if (frame == null) throw new AssertionError("closed where a frame was expected");
        return frame;
    }

    /** The next frame, be it a heartbeat or not; null when the daemon has closed. */
    public Frame readUnlessClosed() {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        Frame frame;
        while ((frame = decoder.decode(unread)) == null) {
            if (!fill(deadlineNs)) return null;
        }
        return frame;
    }

    /** The next byte; -1 when the daemon has closed. */
    public int readByte() {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!unread.hasRemaining()) if (!fill(deadlineNs)) return -1;
        return unread.get() & 0xff;
    }

    private boolean fill(long deadlineNs) {
        unread.compact();
        if (!unread.hasRemaining()) {
            unread = ByteBuffer.allocate(2 * unread.capacity()).put(unread.flip());
        }
        boolean more = wire.read(unread, deadlineNs);
        unread.flip();
        return more;
    }

    /** From now on heartbeats are answered where they are passed over. */
    public TestClient answerHeartbeats() {
        answersHeartbeats = true;
        return this;
    }

    /** The next frame that is no heartbeat. */
    public Frame next() {
        Frame frame;
        while ((frame = read()).equals(Frame.HEARTBEAT)) {
            if (answersHeartbeats) send(new Command.Nop());
        }
        return frame;
    }

    public TestClient expectOk() {
        return expect("OK");
    }

    public TestClient expect(String response) {
        return expect(new Frame.Response(Bytes.utf8(response)));
    }

    public TestClient expectError(String text) {
        return expect(new Frame.Error(Bytes.utf8(text)));
    }

    public TestClient expect(Frame frame) {
        assertThat(next()).isEqualTo(frame);
        return this;
    }

    public void expectFatal(String text) {
        expectError(text);
        expectClosed();
    }

    public void expectClosed() {
        assertThat(readUnlessClosed()).as("frame instead of the end").isNull();
    }

    public List<Frame> readToEnd() {
        List<Frame> frames = new ArrayList<>();
        Frame frame;
        while ((frame = readUnlessClosed()) != null) frames.add(frame);
        return frames;
    }

    public Message message() {
        Frame frame = next();
        assertThat(frame).isInstanceOf(Frame.Push.class);
        return ((Frame.Push) frame).message();
    }

    public Message message(String body) {
        Message message = message();
        assertThat(message.body().utf8()).isEqualTo(body);
        return message;
    }

    public String identify(String json) {
        send(new Command.Identify(Bytes.utf8(json)));
        Frame answer = next();
        assertThat(answer).isInstanceOf(Frame.Response.class);
        return ((Frame.Response) answer).data().utf8();
    }

    public TestClient subscribe(TopicName topic, ChannelName channel, int ready) {
        return send(new Command.Sub(topic, channel)).expectOk().send(new Command.Rdy(ready));
    }

    public TestClient publish(TopicName topic, String... bodies) {
        for (String body : bodies) send(new Command.Pub(topic, Bytes.utf8(body))).expectOk();
        return this;
    }

    public TestClient publishAll(TopicName topic, List<Bytes> bodies) {
        return send(new Command.Mpub(topic, bodies)).expectOk();
    }

    public TestClient finish(Message message) {
        return send(new Command.Fin(message.id()));
    }

    /** Of a consumer: nothing comes but heartbeats. Twice, since messages may follow an answer. */
    public TestClient expectQuiet() {
        for (int i = 0; i < 2; i++) {
            send(new Command.Fin(NO_SUCH_ID));
            expectError("E_FIN_FAILED FIN " + NO_SUCH_ID + " failed ID not in flight");
        }
        return this;
    }

    @Override
    public void close() {
        wire.close();
    }
}
