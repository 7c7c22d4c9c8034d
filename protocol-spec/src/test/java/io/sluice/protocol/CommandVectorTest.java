package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandVectorTest {
    private static final Predicate<String> ANY = verb -> true;

    static Stream<CommandVector> vectors() {
        return CommandVector.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItWhole(CommandVector vector) {
        CommandDecoder decoder = new CommandDecoder(vector.limits());
        check(vector, decoder, Feed.whole(vector.bytes(), in -> decoder.decode(in, ANY)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItByteByByte(CommandVector vector) {
        CommandDecoder decoder = new CommandDecoder(vector.limits());
        check(vector, decoder, Feed.singleBytes(vector.bytes(), in -> decoder.decode(in, ANY)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsItCutInTwoAnywhere(CommandVector vector) {
        CommandDecoder decoder = new CommandDecoder(vector.limits());
        byte[] bytes = vector.bytes();
        for (int cut : Feed.cuts(bytes.length, new Random(7)).toArray()) {
            IntStream cuts = IntStream.of(cut);
            check(vector, decoder, Feed.pieces(bytes, cuts, in -> decoder.decode(in, ANY)));
        }
    }

    private static void check(
            CommandVector vector, CommandDecoder decoder, Feed.Outcome<Command> outcome) {
        assertThat(outcome.values()).isEqualTo(vector.commands());
        vector.ending().check(outcome, rest -> decoder.unfinished(rest, ANY));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesTheCanonicalOnesAndNoOthers(CommandVector vector) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Command command : vector.commands()) {
            ByteBuffer encoded = CommandEncoder.encode(command);
            out.write(encoded.array(), encoded.position(), encoded.remaining());
        }
        assertThat(Arrays.equals(out.toByteArray(), vector.bytes())).isEqualTo(vector.canonical());
    }

    @Test
    void everyCommandHasACanonicalVectorAndIsWrittenUnderItsName() {
        Set<Command> samples =
                CommandVector.all()
                        .filter(CommandVector::canonical)
                        .flatMap(vector -> vector.commands().stream())
                        .collect(Collectors.toSet());
        assertThat(samples.stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Set.of(Command.class.getPermittedSubclasses()));
        for (Command command : samples) {
            String line = Bytes.wrap(CommandEncoder.encode(command).array()).utf8();
            String verb = command.getClass().getSimpleName().toUpperCase();
            assertThat(line).matches("(?s)" + verb + "[ \n].*");
        }
    }

    @Test
    void theMagicIsWhatTheVectorSays() {
        byte[] magic = VectorFile.bytes(new VectorFile("commands.json").magic().required("bytes"));
        assertThat(CommandEncoder.MAGIC.toArray()).isEqualTo(magic);
    }
}
