package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes, a decoder returns values, asks for more or throws one of the three exceptions
 * it may throw ({@link Feed} lets no other through and watches that each value takes bytes), and
 * how the bytes were cut makes no difference. {@code -Dseed=N} repeats a run.
 */
class HostileInputTest {
    private static final int ROUNDS = 20_000;

    /** Longer vectors repeat one byte; their mutations would only be slow. */
    private static final int LONGEST = 20_000;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void commands() {
        CommandDecoder decoder = new CommandDecoder(new Limits(100, 300, 2_500, 3_600_000));
        sameHoweverCut(
                CommandVector.all().map(CommandVector::bytes),
                in -> decoder.decode(in, verb -> true),
                in -> decoder.unfinished(in, verb -> true));
    }

    @Test
    void commandsWithoutLimits() {
        int max = Integer.MAX_VALUE;
        CommandDecoder decoder =
                new CommandDecoder(new Limits(max, max, Long.MAX_VALUE, Long.MAX_VALUE));
        sameHoweverCut(
                CommandVector.all().map(CommandVector::bytes),
                in -> decoder.decode(in, verb -> true),
                in -> decoder.unfinished(in, verb -> true));
    }

    @Test
    void lookupCommands() {
        LookupCommandCodec codec = new LookupCommandCodec(Integer.MAX_VALUE);
        sameHoweverCut(
                LookupVector.all().map(LookupVector::bytes),
                in -> codec.decode(in, verb -> {}),
                in -> codec.unfinished(in, verb -> {}));
    }

    @Test
    void frames() {
        sameHoweverCut(
                FrameVector.all().map(FrameVector::bytes),
                new FrameDecoder(Integer.MAX_VALUE)::decode,
                in -> null);
    }

    @Test
    void answers() {
        sameHoweverCut(
                AnswerVector.all().map(AnswerVector::bytes),
                new LookupCommandCodec(Integer.MAX_VALUE)::decodeAnswer,
                in -> null);
    }

    private <T> void sameHoweverCut(
            Stream<byte[]> vectors,
            Function<ByteBuffer, T> decode,
            Function<ByteBuffer, ProtocolException> unfinished) {
        Random random = new Random(seed);
        HostileInput input = new HostileInput(random);
        List<byte[]> samples = vectors.filter(bytes -> bytes.length <= LONGEST).toList();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes =
                    switch (round % 3) {
                        case 0 -> input.noise();
                        case 1 -> input.babble();
                        default -> input.mutated(samples);
                    };
            try {
                Feed.Outcome<T> whole = Feed.whole(bytes, decode);
                int cut = random.nextInt(bytes.length + 1);
                Feed.Outcome<T> cutOnce = Feed.pieces(bytes, IntStream.of(cut), decode);
                assertThat(cutOnce.shown()).isEqualTo(whole.shown());
                if (bytes.length <= 300) {
                    assertThat(Feed.singleBytes(bytes, decode).shown()).isEqualTo(whole.shown());
                }
                if (whole.thrown() == null) unfinished.apply(whole.rest());
            } catch (RuntimeException | AssertionError e) {
                String hex = HexFormat.of().formatHex(bytes);
                throw new AssertionError("-Dseed=" + seed + ", round " + round + ": " + hex, e);
            }
        }
    }
}
