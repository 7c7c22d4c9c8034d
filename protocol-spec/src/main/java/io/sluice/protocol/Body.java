package io.sluice.protocol;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** The bytes behind a line. What has not come yet is an error only once nothing more can come. */
final class Body {
    private final ByteBuffer in;
    private final boolean ended;
    private int expectedEnd;

    Body(ByteBuffer in, boolean ended) {
        this.in = in;
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
        if (!fills) return Bytes.take(in, length);
        Bytes taken = Bytes.part(in.array(), in.arrayOffset() + in.position(), length);
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
