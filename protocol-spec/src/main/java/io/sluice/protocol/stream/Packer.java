package io.sluice.protocol.stream;

import java.nio.ByteBuffer;

/**
 * The sending side of a compressed connection: one continuous stream. Not for several threads at
 * once.
 */
public interface Packer extends AutoCloseable {
    /**
     * Compresses all that remains of {@code in}.
     *
     * @return bytes from which the peer can make all that was packed so far; the caller's to keep
     */
    ByteBuffer pack(ByteBuffer in);

    /** Lets go of native memory. Nothing can be packed afterwards. */
    @Override
    void close();
}
