package io.sluice.nsqd.net;

import io.netty.buffer.Unpooled;
import io.sluice.nsqd.core.Delivery;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;

/** Frames one behind the other, as bytes. */
final class FrameBuffer {
    private static final int LEAST_CAPACITY = 256;
    private static final int MOST_CAPACITY = 128 * 1024;

    private ByteBuffer out;

    /** What the last frames came to: the next ones will hardly have to be copied for more room. */
    private int capacity = LEAST_CAPACITY;

    void add(Frame frame) {
        FrameEncoder.encode(frame, room(FrameEncoder.length(frame)));
    }

    /** Adds a message frame; returns its length in bytes. */
    int add(Delivery delivery) {
        int bodyLength = delivery.bodyLength();
        int length = FrameEncoder.messageLength(bodyLength);
        ByteBuffer to = room(length);
        FrameEncoder.messageHead(
                delivery.id(), delivery.timestampNs(), delivery.attempts(), bodyLength, to);
        delivery.putBodyTo(to);
        return length;
    }

    private ByteBuffer room(int length) {
        if (out == null) {
            out = ByteBuffer.allocate(Math.max(capacity, length));
        } else if (out.remaining() < length) {
            int needed = out.position() + length;
            out = ByteBuffer.allocate(Math.max(needed, 2 * out.capacity())).put(out.flip());
        }
        return out;
    }

    int length() {
        return out == null ? 0 : out.position();
    }

    boolean isEmpty() {
        return length() == 0;
    }

    /** Hands over all frames, without a copy, and starts anew. */
    Buffer take() {
        ByteBuffer taken = out.flip();
        out = null;
        int used = taken.limit() + taken.limit() / 4;
        capacity = Math.max(LEAST_CAPACITY, Math.min(used, MOST_CAPACITY));
        return BufferInternal.buffer(Unpooled.wrappedBuffer(taken));
    }
}
