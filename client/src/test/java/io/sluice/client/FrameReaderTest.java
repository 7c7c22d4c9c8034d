package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameDecoder;
import io.sluice.protocol.FrameEncoder;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final List<Frame> FRAMES =
            List.of(
                    Frame.OK,
                    new Frame.Response(Bytes.wrap(new byte[1_000_000])),
                    Frame.HEARTBEAT,
                    new Frame.Error(Bytes.wrap(new byte[200_000])),
                    Frame.OK);

    @Test
    void framesOfAnySizeComeWholeHoweverTheBytesCome() throws IOException {
        for (int most : List.of(7, 1000, Integer.MAX_VALUE)) {
            FrameReader reader = new FrameReader(slices(encoded(), most), 1_000_004);
            for (Frame frame : FRAMES) assertThat(reader.next()).isEqualTo(frame);
            assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aFrameBeyondTheLimitIsRefusedByItsSizeAlone() {
        byte[] size = ByteBuffer.allocate(4).putInt(1_000_005).array();
        FrameReader reader = new FrameReader(new ByteArrayInputStream(size), 1_000_004);
        assertThatThrownBy(reader::next).isInstanceOf(FrameDecoder.MalformedFrame.class);
    }

    private static byte[] encoded() {
        ByteBuffer out = ByteBuffer.allocate(FRAMES.stream().mapToInt(FrameEncoder::length).sum());
        FRAMES.forEach(frame -> FrameEncoder.encode(frame, out));
        return out.array();
    }

    /** The bytes, at most so many at a time. */
    private static InputStream slices(byte[] bytes, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, most));
            }
        };
    }
}
