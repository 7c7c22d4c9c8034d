package io.sluice.protocol;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** The bytes behind a line. What has not come yet is an error only once nothing more can come. */
final class Body {
    private final ByteBuffer in;
    private final boolean ended;

    Body(ByteBuffer in, boolean ended) {
        this.in = in;
        this.ended = ended;
    }

    /** True when {@code count} bytes are there; false when they may still come. */
    boolean has(int count, ErrorCode code, String otherwise) {
        if (in.remaining() >= count) return true;
        if (ended) throw code.because(otherwise);
        return false;
    }

    boolean has(int count, ErrorCode code, Supplier<String> otherwise) {
        return in.remaining() >= count || has(count, code, otherwise.get());
    }

    int size() {
        return in.getInt();
    }

    Bytes take(int length) {
        return Bytes.take(in, length);
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
