package io.sluice.protocol;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** The bytes behind a line. What has not come yet is an error only once nothing more can come. */
final class Body {
    private final ByteBuffer in;
    private final boolean ended;
    private final BodyArrays arrays;
    private int expectedEnd;

    Body(ByteBuffer in, boolean ended) {
        this(in, ended, BodyArrays.NEW);
    }

    Body(ByteBuffer in, boolean ended, BodyArrays arrays) {
        this.in = in;
        this.arrays = arrays;
        this.ended = ended;
    }

    /** True when {@code count} bytes are there; false when they may still come. */
    boolean has(int count, ErrorCode code, String otherwise) {
        if (in.remaining() >= count) return true;
        if (ended) throw code.because(otherwise);
        expect(count);
        return false;
    }

    /** The next so many bytes belong to the command. */
    void expect(int count) {
        expectedEnd = Math.max(expectedEnd, in.position() + count);
    }

    /** Where the command ends in the input, as far as known. */
    int expectedEnd() {
        return expectedEnd;
    }

    boolean has(int count, ErrorCode code, Supplier<String> otherwise) {
        return in.remaining() >= count || has(count, code, otherwise.get());
    }

    int size() {
        return in.getInt();
    }

    /** Copied, unless it is most of an array: what is in the input is not written to again. */
    Bytes take(int length) {
        boolean fills = in.hasArray() && length >= in.array().length / 2;
        if (!fills) return arrays.copy(in, length);
        int offset = in.arrayOffset() + in.position();
        // With something behind it, the array is also the input's.
        boolean sole = in.remaining() == length && length >= BodyArrays.LONG;
        Bytes taken =
                sole
                        ? Bytes.sole(in.array(), offset, length)
                        : Bytes.part(in.array(), offset, length);
        skip(length);
        return taken;
    }

    void take(int length, BodyBatch batch) {
        batch.take(in, length);
    }

    void skip(int length) {
        in.position(in.position() + length);
    }

    int position() {
        return in.position();
    }

    void position(int position) {
        in.position(position);
    }
}
