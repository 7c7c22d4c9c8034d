package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameVectorTest {
    static Stream<FrameVector> vectors() {
        return FrameVector.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItWhole(FrameVector vector) {
        FrameDecoder decoder = new FrameDecoder(vector.maxSize());
        check(vector, Feed.whole(vector.bytes(), decoder::decode));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItByteByByte(FrameVector vector) {
        FrameDecoder decoder = new FrameDecoder(vector.maxSize());
        check(vector, Feed.singleBytes(vector.bytes(), decoder::decode));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItCutInTwoAnywhere(FrameVector vector) {
        FrameDecoder decoder = new FrameDecoder(vector.maxSize());
        byte[] bytes = vector.bytes();
        for (int cut : Feed.cuts(bytes.length, new Random(7)).toArray()) {
            check(vector, Feed.pieces(bytes, IntStream.of(cut), decoder::decode));
        }
    }

    private static void check(FrameVector vector, Feed.Outcome<Frame> outcome) {
        assertThat(outcome.values()).isEqualTo(vector.frames());
        if (vector.malformed() != null) {
            assertThat(outcome.thrown())
                    .isInstanceOf(FrameDecoder.MalformedFrame.class)
                    .hasMessage(vector.malformed());
        } else {
            assertThat(outcome.thrown()).isNull();
            assertThat(outcome.rest().hasRemaining()).isEqualTo(vector.unfinished());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesTheCanonicalOnesAndNoOthers(FrameVector vector) {
        ByteBuffer out = ByteBuffer.allocate(lengthOf(vector));
        for (Frame frame : vector.frames()) {
            int before = out.position();
            FrameEncoder.encode(frame, out);
            assertThat(out.position() - before).isEqualTo(FrameEncoder.length(frame));
        }
        assertThat(Arrays.equals(out.array(), vector.bytes())).isEqualTo(vector.canonical());
    }

    private static int lengthOf(FrameVector vector) {
        return vector.frames().stream().mapToInt(FrameEncoder::length).sum();
    }

    @Test
    void everyKindOfFrameHasACanonicalVector() {
        Set<Object> kinds =
                FrameVector.all()
                        .filter(FrameVector::canonical)
                        .flatMap(vector -> vector.frames().stream())
                        .map(Object::getClass)
                        .collect(Collectors.toSet());
        assertThat(kinds).isEqualTo(Set.of(Frame.class.getPermittedSubclasses()));
    }

    @Test
    void theNamedFramesAreThoseOfTheVectors() {
        assertThat(FrameVector.all().flatMap(vector -> vector.frames().stream()))
                .contains(Frame.OK, Frame.CLOSE_WAIT, Frame.HEARTBEAT)
                .contains(Frame.Error.of(ErrorCode.E_BAD_PROTOCOL.because("")))
                .contains(
                        Frame.Error.of(ErrorCode.E_INVALID.because("cannot SUB in current state")));
    }
}
