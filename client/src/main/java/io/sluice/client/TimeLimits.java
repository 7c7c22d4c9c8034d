package io.sluice.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long nothing may come on a connection, and how long a write may be stuck. A socket has a
 * limit for reads only, so that whoever reads looks after both, a few times within the shorter.
 */
final class TimeLimits {
    /** A limit is exceeded by a part of this at most before that is noticed. */
    private static final int LOOKS_PER_LIMIT = 4;

    /** To have written so many bytes is progress. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final Duration readTimeout;
    private final Duration writeTimeout;
    private final LongSupplier nowNs;
    private volatile boolean begun;
    private volatile long cameNs;
    private volatile long writingSinceNs;
    private volatile boolean writing;

    TimeLimits(Duration readTimeout, Duration writeTimeout, LongSupplier nowNs) {
        this.readTimeout = readTimeout;
        this.writeTimeout = writeTimeout;
        this.nowNs = nowNs;
    }

    /** From now on a read that times out is a look. The time limit of reads, in milliseconds. */
    int begin() {
        cameNs = nowNs.getAsLong();
        begun = true;
        Duration shorter = readTimeout.compareTo(writeTimeout) < 0 ? readTimeout : writeTimeout;
        return Math.toIntExact(shorter.toMillis() / LOOKS_PER_LIMIT);
    }

    InputStream onReading(InputStream from) {
        return new LimitedInput(from);
    }

    OutputStream onWriting(OutputStream to) {
        return new LimitedOutput(to);
    }

    private void check() throws SocketTimeoutException {
        long now = nowNs.getAsLong();
        if (now - cameNs >= readTimeout.toNanos()) {
            throw new SocketTimeoutException("nothing came for " + readTimeout.toMillis() + " ms");
        }
        // In this order: a write that begins meanwhile has a later time.
        if (writing && now - writingSinceNs >= writeTimeout.toNanos()) {
            throw new SocketTimeoutException(
                    "a write made no progress for " + writeTimeout.toMillis() + " ms");
        }
    }

    private final class LimitedInput extends InputStream {
        private final InputStream from;

        LimitedInput(InputStream from) {
            this.from = from;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = readUntilLost(bytes, offset, length);
            cameNs = nowNs.getAsLong();
            // While much comes, no read times out.
            if (writing) check();
            return count;
        }

        private int readUntilLost(byte[] bytes, int offset, int length) throws IOException {
            while (true) {
                try {
                    return from.read(bytes, offset, length);
                } catch (SocketTimeoutException e) {
                    if (!begun) throw e;
                    check();
                }
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }

    private final class LimitedOutput extends OutputStream {
        private final OutputStream to;

        LimitedOutput(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                for (int at = 0; at < length; at += PIECE_BYTES) {
                    writingSinceNs = nowNs.getAsLong();
                    writing = true;
                    to.write(bytes, offset + at, Math.min(PIECE_BYTES, length - at));
                }
            } finally {
                writing = false;
            }
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }
    }
}
