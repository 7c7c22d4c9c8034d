package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Hands bytes to a decoder piece by piece, as a socket does, and keeps what comes of it. */
final class Feed {
    /** A longer input is not cut everywhere. */
    private static final int ALL_CUTS = 512;

    private static final int EDGE = 64;

    private Feed() {}

    /** What a decoder made of its input: values, then an exception or unread bytes. */
    record Outcome<T>(List<T> values, RuntimeException thrown, ByteBuffer rest) {
        /** Equal texts are equal outcomes, whatever was left in the buffer behind an error. */
        String shown() {
            return values + " then " + (thrown == null ? rest.remaining() + " bytes" : thrown);
        }
    }

    static <T> Outcome<T> whole(byte[] bytes, Function<ByteBuffer, T> decode) {
        return pieces(bytes, IntStream.empty(), decode);
    }

    static <T> Outcome<T> singleBytes(byte[] bytes, Function<ByteBuffer, T> decode) {
        return pieces(bytes, IntStream.range(0, bytes.length), decode);
    }

    /**
     * @param cuts where one piece ends and the next begins, ascending
     */
    static <T> Outcome<T> pieces(byte[] bytes, IntStream cuts, Function<ByteBuffer, T> decode) {
        List<T> values = new ArrayList<>();
        // In the middle of a larger array: a decoder must not count from its start.
        byte[] array = new byte[bytes.length + 16];
        System.arraycopy(bytes, 0, array, 7, bytes.length);
        ByteBuffer in = ByteBuffer.wrap(array, 7, bytes.length);
        try {
            for (int cut : IntStream.concat(cuts, IntStream.of(bytes.length)).toArray()) {
                in.limit(7 + cut);
                drain(in, decode, values);
            }
            return new Outcome<>(values, null, in);
        } catch (LineTooLong | ProtocolException | FrameDecoder.MalformedFrame e) {
            return new Outcome<>(values, e, in);
        }
    }

    private static <T> void drain(ByteBuffer in, Function<ByteBuffer, T> decode, List<T> values) {
        while (true) {
            int before = in.position();
            int limit = in.limit();
            T value = decode.apply(in);
            assertThat(in.limit()).isEqualTo(limit);
            if (value == null) {
                assertThat(in.position()).as("moved without a value").isEqualTo(before);
                return;
            }
            assertThat(in.position()).as("a value of no bytes").isGreaterThan(before);
            values.add(value);
        }
    }

    /** Where to cut an input in two: everywhere, or at the edges and at some random places. */
    static IntStream cuts(int length, Random random) {
        if (length <= ALL_CUTS) return IntStream.rangeClosed(0, length);
        IntStream edges =
                IntStream.concat(
                        IntStream.rangeClosed(0, EDGE),
                        IntStream.rangeClosed(length - EDGE, length));
        return IntStream.concat(edges, random.ints(EDGE, 0, length));
    }
}
