package io.sluice.protocol;

import static io.sluice.protocol.ErrorCode.E_BAD_BODY;
import static io.sluice.protocol.ErrorCode.E_BAD_MESSAGE;

import java.util.List;

/**
 * Reads what MPUB has behind its body size: {@code count, count × (size, bytes)}. The counts alone
 * decide where it ends, as in NSQ; the body size does not (spec/tcp-v2.md, MPUB).
 */
final class BatchReader {
    private final Limits limits;
    private final BodyArrays arrays;

    BatchReader(Limits limits, BodyArrays arrays) {
        this.limits = limits;
        this.arrays = arrays;
    }

    /** The messages; null when they have not all come: nothing is copied before. */
    List<Bytes> read(Body in) {
        if (!in.has(4, E_BAD_BODY, "MPUB failed to read message count")) return null;
        int count = in.size();
        if (count <= 0 || count > limits.maxBatchCount()) {
            throw E_BAD_BODY.because("MPUB invalid message count " + count);
        }
        int start = in.position();
        for (int i = 0; i < count; i++) {
            int size = size(in, i);
            if (size < 0) return null;
            checkLength(in.position() - start + 4L + size);
            if (!in.has(size, E_BAD_MESSAGE, "MPUB failed to read message body")) return null;
            in.skip(size);
        }
        BodyBatch batch =
                new BodyBatch(count, in.position() - start - count * Integer.BYTES, arrays);
        in.position(start);
        for (int i = 0; i < count; i++) in.take(in.size(), batch);
        return batch.bodies();
    }

    private int size(Body in, int index) {
        if (!in.has(4, E_BAD_MESSAGE, () -> "MPUB failed to read " + sizeOf(index))) return -1;
        int size = in.size();
        int max = limits.maxMessageSize();
        if (size <= 0) throw E_BAD_MESSAGE.because("MPUB invalid " + sizeOf(index) + " " + size);
        if (size > max) throw E_BAD_MESSAGE.because("MPUB message too big " + size + " > " + max);
        return size;
    }

    private static String sizeOf(int index) {
        return "message(" + index + ") body size";
    }

    /** NSQ reads on for as long as the counts say; we hold a batch to the size of a body. */
    private void checkLength(long length) {
        int max = limits.maxBodySize();
        if (length > max) throw E_BAD_BODY.because("MPUB body too big " + length + " > " + max);
    }
}
