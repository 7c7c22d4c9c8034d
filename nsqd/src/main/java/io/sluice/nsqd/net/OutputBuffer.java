package io.sluice.nsqd.net;

import io.sluice.nsqd.core.Delivery;
import io.sluice.nsqd.core.Outbox;

/**
 * The messages on their way from a topic's loop to a consumer's connection. They go over in one
 * piece at the end of each turn, or earlier when the client's output buffer size is reached: never
 * later than any output buffer timeout that a client can ask for.
 */
final class OutputBuffer implements Outbox {
    /** Bytes of messages that may wait for the consumer's socket. One more message may be added. */
    private static final int WINDOW = 256 * 1024;

    private final Connection connection;
    private final CoreLoop loop;
    private final FrameBuffer frames = new FrameBuffer();
    private int unwritten;

    OutputBuffer(Connection connection, CoreLoop loop) {
        this.connection = connection;
        this.loop = loop;
    }

    @Override
    public boolean hasRoom() {
        return unwritten < WINDOW;
    }

    @Override
    public void push(Delivery delivery) {
        if (frames.isEmpty()) loop.atTurnEnd(this::flush);
        unwritten += frames.add(delivery);
        if (frames.length() >= connection.settings().outputBufferSize()) flush();
    }

    private void flush() {
        if (!frames.isEmpty()) connection.deliver(frames.take(), loop);
    }

    void written(int bytes) {
        unwritten -= bytes;
    }

    @Override
    public void close() {
        connection.home().run(connection::close);
    }
}
