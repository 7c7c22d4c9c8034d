package io.sluice.client;

import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads whole frames off a stream. Memory grows with the bytes that came, not with a promise. */
final class FrameReader {
    private static final int USUAL_SIZE = 64 * 1024;

    private final InputStream in;
    private final FrameDecoder decoder;
    private ByteBuffer buffer = ByteBuffer.allocate(USUAL_SIZE).limit(0);

    FrameReader(InputStream in, int maxFrameBytes) {
        this.in = in;
        decoder = new FrameDecoder(maxFrameBytes);
    }

    /** Waits for the next frame; EOFException when the daemon sends no more. */
    Frame next() throws IOException {
        while (true) {
            Frame frame = decoder.decode(buffer);
            if (frame != null) return frame;
            fill();
        }
    }

    /** True when the next frame is here as a whole. */
    boolean hasNext() {
        int length = buffer.remaining();
        return length >= 4 && length - 4 >= buffer.getInt(buffer.position());
    }

    /** Takes what has been read and is no part of a frame that was returned. */
    byte[] takeRest() {
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return rest;
    }

    private void fill() throws IOException {
        if (!buffer.hasRemaining()) startOver();
        else if (buffer.limit() == buffer.capacity()) makeRoom();
        int end = buffer.limit();
        int length = in.read(buffer.array(), end, buffer.capacity() - end);
        if (length < 0) throw new EOFException("closed by the daemon");
        buffer.limit(end + length);
    }

    private void startOver() {
        if (buffer.capacity() > USUAL_SIZE) buffer = ByteBuffer.allocate(USUAL_SIZE);
        buffer.position(0).limit(0);
    }

    /** Moves what there is of a frame to the front, or to a larger buffer if it is most of all. */
    private void makeRoom() {
        if (buffer.remaining() > buffer.capacity() / 2) {
            buffer = ByteBuffer.allocate(2 * buffer.capacity()).put(buffer).flip();
        } else {
            buffer.compact().flip();
        }
    }
}
