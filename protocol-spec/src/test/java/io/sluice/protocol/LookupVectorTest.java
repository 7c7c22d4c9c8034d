package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LookupVectorTest {
    private static final Consumer<String> ANY = verb -> {};

    static Stream<LookupVector> vectors() {
        return LookupVector.all();
    }

    static Stream<AnswerVector> answers() {
        return AnswerVector.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItWhole(LookupVector vector) {
        LookupCommandCodec codec = new LookupCommandCodec(vector.maxBodySize());
        check(vector, codec, Feed.whole(vector.bytes(), in -> codec.decode(in, ANY)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItByteByByte(LookupVector vector) {
        LookupCommandCodec codec = new LookupCommandCodec(vector.maxBodySize());
        check(vector, codec, Feed.singleBytes(vector.bytes(), in -> codec.decode(in, ANY)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItCutInTwoAnywhere(LookupVector vector) {
        LookupCommandCodec codec = new LookupCommandCodec(vector.maxBodySize());
        byte[] bytes = vector.bytes();
        for (int cut : Feed.cuts(bytes.length, new Random(7)).toArray()) {
            IntStream cuts = IntStream.of(cut);
            check(vector, codec, Feed.pieces(bytes, cuts, in -> codec.decode(in, ANY)));
        }
    }

    private static void check(
            LookupVector vector, LookupCommandCodec codec, Feed.Outcome<LookupCommand> outcome) {
        assertThat(outcome.values()).isEqualTo(vector.commands());
        vector.ending().check(outcome, rest -> codec.unfinished(rest, ANY));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesTheCanonicalOnesAndNoOthers(LookupVector vector) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (LookupCommand command : vector.commands()) {
            out.writeBytes(bytes(LookupCommandCodec.encode(command)));
        }
        assertThat(Arrays.equals(out.toByteArray(), vector.bytes())).isEqualTo(vector.canonical());
    }

    @Test
    void everyCommandHasACanonicalVectorAndIsWrittenUnderItsName() {
        Set<LookupCommand> samples =
                LookupVector.all()
                        .filter(LookupVector::canonical)
                        .flatMap(vector -> vector.commands().stream())
                        .collect(Collectors.toSet());
        assertThat(samples.stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Set.of(LookupCommand.class.getPermittedSubclasses()));
        for (LookupCommand command : samples) {
            String line = Bytes.wrap(bytes(LookupCommandCodec.encode(command))).utf8();
            String verb = command.getClass().getSimpleName().toUpperCase();
            assertThat(line).matches("(?s)" + verb + "[ \n].*");
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void readsAnAnswerHoweverItIsCut(AnswerVector vector) {
        LookupCommandCodec codec = new LookupCommandCodec(vector.maxBodySize());
        byte[] bytes = vector.bytes();
        check(vector, Feed.whole(bytes, codec::decodeAnswer));
        check(vector, Feed.singleBytes(bytes, codec::decodeAnswer));
        for (int cut = 0; cut <= bytes.length; cut++) {
            check(vector, Feed.pieces(bytes, IntStream.of(cut), codec::decodeAnswer));
        }
    }

    private static void check(AnswerVector vector, Feed.Outcome<Bytes> outcome) {
        assertThat(outcome.values()).isEqualTo(vector.answers());
        if (vector.refused() != null) {
            assertThat(outcome.thrown())
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage(vector.refused());
        } else {
            assertThat(outcome.thrown()).isNull();
            assertThat(outcome.rest().hasRemaining()).isEqualTo(vector.unfinished());
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void writesTheCanonicalAnswersAndNoOthers(AnswerVector vector) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Bytes answer : vector.answers()) {
            out.writeBytes(bytes(LookupCommandCodec.answer(answer)));
        }
        assertThat(Arrays.equals(out.toByteArray(), vector.bytes())).isEqualTo(vector.canonical());
    }

    @Test
    void theMagicIsWhatTheVectorSays() {
        byte[] magic = VectorFile.bytes(new VectorFile("lookup.json").magic().required("bytes"));
        assertThat(LookupCommandCodec.MAGIC.toArray()).isEqualTo(magic);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
