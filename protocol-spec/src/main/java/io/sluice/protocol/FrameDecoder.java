package io.sluice.protocol;

import java.nio.ByteBuffer;

/** Reads frames off a connection to nsqd. Keeps no state: a frame is taken whole or not at all. */
public final class FrameDecoder {
    private final int maxSize;

    /** Refuses frames whose size field exceeds {@code maxSize} bytes. */
    public FrameDecoder(int maxSize) {
        this.maxSize = maxSize;
    }

    /**
     * Returns the next frame and moves past it, or returns null and moves nothing.
     *
     * @throws MalformedFrame when the bytes cannot be a frame
     */
    public Frame decode(ByteBuffer in) {
        if (in.remaining() < 4) return null;
        int at = in.position();
        int size = in.getInt(at);
        if (size < 4 || size > maxSize) {
            throw new MalformedFrame("frame size " + size + " is not within 4 and " + maxSize);
        }
        if (in.remaining() - 4 < size) return null;
        int type = in.getInt(at + 4);
        in.position(at + 8);
        return switch (type) {
            case Frame.RESPONSE -> new Frame.Response(Bytes.take(in, size - 4));
            case Frame.ERROR -> new Frame.Error(Bytes.take(in, size - 4));
            case Frame.MESSAGE -> message(in, size - 4);
            default -> throw new MalformedFrame("frame type " + type + " is not 0, 1 or 2");
        };
    }

    private static Frame.Push message(ByteBuffer in, int length) {
        if (length < Message.HEADER_LENGTH) {
            throw new MalformedFrame("message frame holds " + length + " bytes, fewer than 26");
        }
        long timestampNs = in.getLong();
        int attempts = in.getShort() & 0xffff;
        MessageId id = MessageId.take(in);
        Bytes body = Bytes.take(in, length - Message.HEADER_LENGTH);
        return new Frame.Push(new Message(id, timestampNs, attempts, body));
    }

    /** The daemon sent what cannot be a frame: nothing behind it can be read. */
    public static final class MalformedFrame extends RuntimeException {
        MalformedFrame(String what) {
            super(what);
        }
    }
}
