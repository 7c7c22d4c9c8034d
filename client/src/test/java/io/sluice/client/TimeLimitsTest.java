package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TimeLimitsTest {
    private static final int MANY_PIECES = 1_000_000;

    private long nowNs = Long.MAX_VALUE - 5;
    private final TimeLimits limits =
            new TimeLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), () -> nowNs);

    @Test
    void aReaderLooksAFewTimesWithinTheShorterLimit() {
        assertThat(limits.begin()).isEqualTo(250);
    }

    @Test
    void silenceIsBorneUpToItsLimit() throws IOException {
        limits.begin();
        passMs(1_999);
        assertThat(limits.onReading(silentOnce()).read()).isEqualTo('x');
        passMs(1_999);
        assertThat(limits.onReading(silentOnce()).read()).isEqualTo('x');
        passMs(2_000);
        assertThatThrownBy(() -> limits.onReading(silentOnce()).read())
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("nothing came for 2000 ms");
    }

    @Test
    void beforeTheBeginTheTimeoutOfTheSocketCounts() {
        assertThatThrownBy(() -> limits.onReading(silentOnce()).read()).hasMessage("silent");
    }

    @Test
    void aLongWriteIsBorneAsLongAsThereIsProgress() throws IOException {
        limits.begin();
        write(999, silentOnce());
    }

    @Test
    void aWriteWithoutProgressIsNoticedInSilence() {
        limits.begin();
        assertStuck(() -> write(1_000, silentOnce()));
    }

    @Test
    void aWriteWithoutProgressIsNoticedWhileMuchComes() {
        limits.begin();
        assertStuck(() -> write(1_000, new ByteArrayInputStream(new byte[100])));
    }

    @Test
    void aWriteThatFailedIsNotStuck() throws IOException {
        limits.begin();
        assertThatThrownBy(() -> write(1_000, silentOnce())).isInstanceOf(IOException.class);
        passMs(1_999);
        limits.onReading(new ByteArrayInputStream(new byte[1])).read();
    }

    private static void assertStuck(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("a write made no progress for 1000 ms");
    }

    /** Writes what takes so long for each piece; a look is taken, and a byte comes, meanwhile. */
    private void write(int pieceMs, InputStream from) throws IOException {
        InputStream in = limits.onReading(from);
        OutputStream slow =
                new OutputStream() {
                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        passMs(pieceMs);
                        in.read();
                    }

                    @Override
                    public void write(int one) {
                        throw new AssertionError("byte by byte");
                    }
                };
        limits.onWriting(slow).write(new byte[MANY_PIECES]);
    }

    private void passMs(long ms) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** Times out before each byte. */
    private static InputStream silentOnce() {
        return new InputStream() {
            private boolean timedOut;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                bytes[offset] = (byte) read();
                return 1;
            }

            @Override
            public int read() throws IOException {
                timedOut = !timedOut;
                if (timedOut) throw new SocketTimeoutException("silent");
                return 'x';
            }
        };
    }
}
