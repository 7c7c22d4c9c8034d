package io.sluice.protocol.stream;

import java.nio.ByteBuffer;

/**
 * The receiving side of a compressed connection. It makes no more at once than the caller has room
 * for, however much a few bytes may inflate to. Not for several threads at once.
 */
public interface Unpacker extends AutoCloseable {
    /**
     * Reads from {@code in} and writes to {@code out} until one of them is used up. When {@code
     * out} comes back full there may be more to write, even if {@code in} has nothing left: call
     * again before waiting for more input.
     *
     * @throws MalformedStream when the bytes cannot be what a {@link Packer} makes; nothing behind
     *     them can be read
     */
    void unpack(ByteBuffer in, ByteBuffer out);

    /** Lets go of native memory. Nothing can be unpacked afterwards. */
    @Override
    void close();
}
