package io.sluice.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamVectorTest {
    static Stream<StreamVector> vectors() {
        return StreamVector.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItWhole(StreamVector vector) {
        check(vector, 4_096, vector.bytes().length);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItByteByByteIntoABufferOfOneByte(StreamVector vector) {
        check(vector, 1, 1);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItCutInTwoAnywhere(StreamVector vector) {
        int length = vector.bytes().length;
        IntStream.range(1, length).forEach(cut -> check(vector, 7, cut, length));
    }

    /**
     * @param cuts where the bytes are cut; a single number means pieces of that many
     */
    private static void check(StreamVector vector, int room, int... cuts) {
        int piece = cuts[0];
        int[] ends =
                cuts.length > 1
                        ? cuts
                        : IntStream.rangeClosed(1, vector.bytes().length / Math.max(1, piece))
                                .map(i -> i * piece)
                                .toArray();
        try (Unpacker unpacker = vector.unpacker()) {
            Unpacked unpacked = new Unpacked(unpacker, room);
            ByteBuffer in = ByteBuffer.wrap(vector.bytes());
            if (vector.malformed() == null) {
                for (int end : ends) unpacked.take(in.limit(end));
            } else {
                assertThatThrownBy(
                                () -> {
                                    for (int end : ends) unpacked.take(in.limit(end));
                                })
                        .isInstanceOf(MalformedStream.class)
                        .hasMessage(vector.malformed());
            }
            assertThat(unpacked.bytes()).isEqualTo(vector.plain());
        }
    }

    @Test
    void writesTheCanonicalOnes() {
        StreamVector.all()
                .filter(StreamVector::canonical)
                .forEach(
                        vector -> {
                            ByteBuffer packed =
                                    new SnappyPacker().pack(ByteBuffer.wrap(vector.plain()));
                            byte[] bytes = Arrays.copyOf(packed.array(), packed.limit());
                            assertThat(bytes).isEqualTo(vector.bytes());
                        });
    }
}
