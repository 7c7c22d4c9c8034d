package io.sluice.nsqd.http;

import io.sluice.daemon.HttpError;
import io.sluice.protocol.BodyBatch;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The body of {@code /mpub}: a message per line, or binary as in the TCP protocol:
 *
 * <pre>
 * [count: int32] ([size: int32] [size bytes]) × count
 * </pre>
 */
final class MpubBody {
    private static final int LIKELY_LINES = 64;

    private final ByteBuffer in;
    private final byte[] bytes;
    private final Limits limits;

    private MpubBody(byte[] body, Limits limits) {
        this.in = ByteBuffer.wrap(body);
        this.bytes = body;
        this.limits = limits;
    }

    /**
     * The messages; empty lines are none.
     *
     * @throws HttpError MSG_TOO_BIG
     */
    static List<Bytes> parseLines(byte[] body, Limits limits) {
        return new MpubBody(body, limits).lines();
    }

    /**
     * The messages; what follows the last one is ignored.
     *
     * @throws HttpError BAD_BODY or BAD_MESSAGE
     */
    static List<Bytes> parseBinary(byte[] body, Limits limits) {
        return new MpubBody(body, limits).batch();
    }

    private List<Bytes> lines() {
        // A char for each byte, since the JVM finds a char many times faster than a byte.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        BodyBatch messages = new BodyBatch(LIKELY_LINES, bytes.length);
        while (in.hasRemaining()) {
            int end = text.indexOf('\n', in.position());
            int length = (end < 0 ? in.limit() : end) - in.position();
            if (length > limits.maxMessageSize()) throw new HttpError(413, "MSG_TOO_BIG");
            if (length > 0) messages.take(in, length);
            if (in.hasRemaining()) in.get();
        }
        return messages.bodies();
    }

    private List<Bytes> batch() {
        int count = in.remaining() < Integer.BYTES ? 0 : in.getInt();
        if (count <= 0 || count > limits.maxBatchCount()) throw new HttpError(413, "BAD_BODY");
        // The count alone is only a claim: a message takes at least a byte, and four for its size.
        int most = in.remaining() / (Integer.BYTES + 1);
        BodyBatch messages = new BodyBatch(Math.min(count, most), in.remaining());
        for (int i = 0; i < count; i++) messages.take(in, messageLength());
        return messages.bodies();
    }

    private int messageLength() {
        int size = in.remaining() < Integer.BYTES ? 0 : in.getInt();
        if (size <= 0 || size > limits.maxMessageSize() || size > in.remaining()) {
            throw new HttpError(413, "BAD_MESSAGE");
        }
        return size;
    }
}
