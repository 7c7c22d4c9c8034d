package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A number that a peer sent takes no memory until the bytes that it promises are there. */
class AllocationTest {
    /** Far more than a decoder needs for itself, far less than what the numbers below promise. */
    private static final long ALLOWED = 1 << 20;

    private static final int PROMISED = 1 << 30;
    private static final Limits NONE =
            new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Lines, and the sizes and counts behind them. */
    record Promise(String line, int... sizes) {
        ByteBuffer bytes() {
            byte[] text = line.getBytes(StandardCharsets.US_ASCII);
            ByteBuffer out = ByteBuffer.allocate(text.length + 4 * sizes.length).put(text);
            for (int size : sizes) out.putInt(size);
            return out.flip();
        }
    }

    static Stream<Promise> promises() {
        return Stream.of(
                new Promise("IDENTIFY\n", PROMISED),
                new Promise("AUTH\n", PROMISED),
                new Promise("PUB t\n", PROMISED),
                new Promise("DPUB t 1\n", PROMISED),
                new Promise("MPUB t\n", PROMISED, PROMISED / 5),
                new Promise("MPUB t\n", PROMISED, 1, PROMISED / 2),
                new Promise("MPUB t\n", PROMISED, 2, 1));
    }

    @ParameterizedTest
    @MethodSource("promises")
    void ofACommand(Promise promise) {
        CommandDecoder decoder = new CommandDecoder(NONE);
        ByteBuffer in = promise.bytes();
        takesLittle(() -> assertThat(decoder.decode(in, verb -> true)).isNull());
        takesLittle(() -> assertThat(decoder.unfinished(in, verb -> true)).isNotNull());
    }

    @Test
    void ofALookupCommand() {
        LookupCommandCodec codec = new LookupCommandCodec(Integer.MAX_VALUE);
        ByteBuffer in = new Promise("IDENTIFY\n", PROMISED).bytes();
        takesLittle(() -> assertThat(codec.decode(in, verb -> {})).isNull());
    }

    @Test
    void ofAFrame() {
        FrameDecoder decoder = new FrameDecoder(Integer.MAX_VALUE);
        ByteBuffer in = new Promise("", PROMISED, Frame.MESSAGE).bytes();
        takesLittle(() -> assertThat(decoder.decode(in)).isNull());
    }

    @Test
    void ofAnAnswer() {
        LookupCommandCodec codec = new LookupCommandCodec(Integer.MAX_VALUE);
        ByteBuffer in = new Promise("", PROMISED).bytes();
        takesLittle(() -> assertThat(codec.decodeAnswer(in)).isNull());
    }

    @Test
    void aSizeNearTheLargestIntIsWaitedFor() {
        int largest = Integer.MAX_VALUE;
        assertThat(new FrameDecoder(largest).decode(new Promise("", largest, 0).bytes())).isNull();
        LookupCommandCodec codec = new LookupCommandCodec(largest);
        assertThat(codec.decodeAnswer(new Promise("", largest).bytes())).isNull();
        CommandDecoder decoder = new CommandDecoder(NONE);
        ByteBuffer in = new Promise("PUB t\n", largest).bytes();
        assertThat(decoder.decode(in, verb -> true)).isNull();
    }

    private void takesLittle(Runnable decoding) {
        decoding.run(); // loads the classes, which takes memory too
        long before = threads.getCurrentThreadAllocatedBytes();
        decoding.run();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isBetween(1L, ALLOWED);
    }
}
