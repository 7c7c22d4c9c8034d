package io.sluice.examples.bench.wire;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Limits;
import io.sluice.protocol.TopicName;
import java.nio.ByteBuffer;
import java.util.Collections;

/**
 * A PUB, or an MPUB of several messages, encoded once. Each use only writes the stamps into its
 * bodies:
 *
 * <pre>
 * | number 8 | intended send time in nanoseconds, or 0, 8 | zeros up to the body size |
 * </pre>
 */
public final class PublishCommand {
    /** The least size of a body. */
    public static final int STAMP_LENGTH = 16;

    private static final int LENGTH_FIELD = 4;

    private final byte[] encoded;
    private final ByteBuffer whole;
    private final int firstBody;
    private final int bodyStride;
    private final int batch;

    private PublishCommand(byte[] encoded, int bodySize, int batch) {
        this.encoded = encoded;
        whole = ByteBuffer.allocateDirect(encoded.length).put(encoded).flip();
        this.batch = batch;
        bodyStride = LENGTH_FIELD + bodySize;
        firstBody = encoded.length - batch * bodyStride + LENGTH_FIELD;
    }

    /** A PUB when {@code batch} is 1, else an MPUB; refuses what no daemon takes by default. */
    public static PublishCommand of(TopicName topic, int batch, int bodySize) {
        long bytes = 2L * LENGTH_FIELD + (long) batch * (LENGTH_FIELD + bodySize);
        if (bytes > Limits.DEFAULT.maxBodySize()) {
            throw new BenchException(
                    String.format(
                            "an MPUB of %d messages of %d bytes is %d bytes: %d is the most",
                            batch, bodySize, bytes, Limits.DEFAULT.maxBodySize()));
        }
        Bytes body = Bytes.wrap(new byte[bodySize]);
        Command command =
                batch == 1
                        ? new Command.Pub(topic, body)
                        : new Command.Mpub(topic, Collections.nCopies(batch, body));
        return new PublishCommand(CommandEncoder.encode(command).array(), bodySize, batch);
    }

    /** Bytes that {@link #put} writes. */
    public int length() {
        return encoded.length;
    }

    /** Count of messages in one command. */
    public int batch() {
        return batch;
    }

    /** Writes the command; its messages are numbered upwards from {@code firstNumber}. */
    public void put(ByteBuffer out, long firstNumber, long intendedNs) {
        int start = out.position();
        out.put(encoded);
        stamp(out, start, firstNumber, intendedNs);
    }

    /** The command in a buffer of its own, which spares a copy; good until the next call. */
    public ByteBuffer whole(long firstNumber, long intendedNs) {
        stamp(whole, 0, firstNumber, intendedNs);
        return whole.rewind();
    }

    private void stamp(ByteBuffer out, int start, long firstNumber, long intendedNs) {
        int body = start + firstBody;
        for (int i = 0; i < batch; i++, body += bodyStride) {
            out.putLong(body, firstNumber + i).putLong(body + Long.BYTES, intendedNs);
        }
    }
}
