package io.sluice.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackingTest {
    /** Sizes around those at which something changes. */
    private static final int[] SIZES = {
        0, 1, 2, 100, 65_535, 65_536, 65_537, 131_072, 200_000, 1_000_000
    };

    /** Both sides of a connection. */
    private record Pair(String name, Packer packer, Unpacker unpacker) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                new Pair("snappy", new SnappyPacker(), new SnappyUnpacker()),
                new Pair("deflate 1", new DeflatePacker(1), new DeflateUnpacker()),
                new Pair("deflate 6", new DeflatePacker(6), new DeflateUnpacker()),
                new Pair("deflate 9", new DeflatePacker(9), new DeflateUnpacker()));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void allThatWasPackedIsThereAfterEachFlush(Pair pair) {
        Unpacked unpacked = new Unpacked(pair.unpacker(), 10_000);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Random random = new Random(4);
        for (int size : SIZES) {
            for (int variety : new int[] {1, 4, 256}) {
                byte[] bytes = new byte[size];
                for (int i = 0; i < size; i++) bytes[i] = (byte) random.nextInt(variety);
                sent.writeBytes(bytes);
                unpacked.take(pair.packer().pack(ByteBuffer.wrap(bytes)));
                assertThat(unpacked.bytes()).isEqualTo(sent.toByteArray());
            }
        }
        pair.packer().close();
        pair.unpacker().close();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void buffersNeedNotStartAtTheirBeginningNorLieOnTheHeap(Pair pair) {
        ByteBuffer in = ByteBuffer.allocateDirect(5_000).position(100).limit(4_100);
        ByteBuffer packed = pair.packer().pack(in.slice().asReadOnlyBuffer());
        ByteBuffer moved = ByteBuffer.allocate(packed.remaining() + 9).position(9).put(packed);
        ByteBuffer out = ByteBuffer.allocate(5_000).position(500);
        pair.unpacker().unpack(moved.flip().position(9), out);
        assertThat(out.position()).isEqualTo(4_500);
        assertThat(moved.hasRemaining()).isFalse();
        pair.packer().close();
        pair.unpacker().close();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void noMoreIsMadeThanThereIsRoomFor(Pair pair) {
        byte[] zeros = new byte[60_000];
        ByteBuffer in = pair.packer().pack(ByteBuffer.wrap(zeros));
        assertThat(in.remaining()).isLessThan(zeros.length / 10);
        int made = 0;
        ByteBuffer out = ByteBuffer.allocate(1_000);
        while (made < zeros.length) {
            pair.unpacker().unpack(in, out.clear());
            assertThat(out.position()).isEqualTo(1_000);
            made += out.position();
        }
        pair.unpacker().unpack(in, out.clear());
        assertThat(out.position()).isZero();
        pair.packer().close();
        pair.unpacker().close();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void garbageIsRefusedOrUnpackedButNeverMoreThanThat(Pair pair) {
        pair.packer().close();
        pair.unpacker().close();
        for (int seed = 0; seed < 2_000; seed++) {
            byte[] garbage = new byte[200];
            new Random(seed).nextBytes(garbage);
            boolean snappy = pair.name().equals("snappy");
            try (Unpacker unpacker = snappy ? new SnappyUnpacker() : new DeflateUnpacker()) {
                if (snappy) unpacker.unpack(new SnappyPacker().pack(empty()), empty());
                new Unpacked(unpacker, 1_000).take(ByteBuffer.wrap(garbage));
            } catch (MalformedStream e) {
                assertThat(e).hasMessageMatching("(snappy|not deflated|deflated|bytes).*");
            }
        }
    }

    private static ByteBuffer empty() {
        return ByteBuffer.allocate(0);
    }

    @Test
    void aSnappyChunkThatIsCorruptedAnywhereIsFound() {
        byte[] text = "what is said three times is true ".repeat(3).getBytes();
        ByteBuffer packed = new SnappyPacker().pack(ByteBuffer.wrap(text));
        for (int i = 0; i < packed.limit(); i++) {
            byte[] corrupted = packed.array().clone();
            corrupted[i] ^= 0x10;
            ByteBuffer in = ByteBuffer.wrap(corrupted, 0, packed.limit());
            Unpacked unpacked = new Unpacked(new SnappyUnpacker(), 1_000);
            try {
                unpacked.take(in);
            } catch (MalformedStream e) {
                assertThat(e.getMessage()).startsWith("snappy ");
            }
            assertThat(unpacked.bytes()).as("byte " + i).isEmpty();
        }
    }
}
