package io.sluice.protocol;

import java.nio.ByteBuffer;

/** Writes frames. The caller makes room first: {@link #length} says how much. */
public final class FrameEncoder {
    private static final int PREFIX = 8;

    private FrameEncoder() {}

    /** Bytes that {@link #encode} will write. */
    public static int length(Frame frame) {
        if (frame instanceof Frame.Response r) return PREFIX + r.data().length();
        if (frame instanceof Frame.Error e) return PREFIX + e.data().length();
        return messageLength(((Frame.Push) frame).message().body().length());
    }

    /** Bytes of a message frame with a body of so many. */
    public static int messageLength(int body) {
        return PREFIX + Message.HEADER_LENGTH + body;
    }

    /** Writes a frame of any type. */
    public static void encode(Frame frame, ByteBuffer out) {
        if (frame instanceof Frame.Response r) {
            data(Frame.RESPONSE, r.data(), out);
        } else if (frame instanceof Frame.Error e) {
            data(Frame.ERROR, e.data(), out);
        } else {
            Message m = ((Frame.Push) frame).message();
            messageHead(m.id(), m.timestampNs(), m.attempts(), m.body().length(), out);
            m.body().putTo(out);
        }
    }

    /**
     * Writes a message frame up to its body.
     *
     * <pre>
     * | size 4 | type 4 | time stamp 8 | attempts 2 | id 16 | body |
     * </pre>
     */
    public static void messageHead(
            MessageId id, long timestampNs, int attempts, int bodyLength, ByteBuffer out) {
        out.putInt(4 + Message.HEADER_LENGTH + bodyLength);
        out.putInt(Frame.MESSAGE);
        out.putLong(timestampNs);
        out.putShort((short) attempts);
        id.putTo(out);
    }

    private static void data(int type, Bytes data, ByteBuffer out) {
        out.putInt(4 + data.length());
        out.putInt(type);
        data.putTo(out);
    }
}
