package io.sluice.nsqd.net;

import io.sluice.protocol.BodyArrays;
import io.sluice.protocol.stream.Unpacker;
import java.nio.ByteBuffer;

/**
 * What has come and is not decoded yet. When it came compressed it is unpacked piece by piece, as
 * the decoder gets on: memory holds what came and one piece, however much it may become.
 */
final class Inflow {
    /** Bytes that are unpacked before other connections get their turn. */
    private static final int TURN_BYTES = 256 * 1024;

    private static final int MIN_PIECE = 512;
    private static final int MAX_PIECE = 32 * 1024;

    private final InputBuffer plain;
    private final InputBuffer packed = new InputBuffer(BodyArrays.NEW);
    private Unpacker unpacker;
    private boolean lastPieceWasFull;
    private int leftInTurn;

    Inflow(BodyArrays arrays) {
        this.plain = new InputBuffer(arrays);
    }

    /** Takes bytes as they came, for the task: what it leaves of them is copied behind it. */
    void lend(ByteBuffer chunk, Runnable task) {
        // What is read-only is copied: the decoder must not keep a body where it came.
        add(chunk.hasArray() ? chunk.asReadOnlyBuffer() : chunk);
        try {
            task.run();
        } finally {
            plain.keep();
            packed.keep();
        }
    }

    /** Takes bytes as they came, to which nobody writes again. */
    void add(ByteBuffer chunk) {
        if (unpacker == null) plain.add(chunk);
        else packed.add(chunk);
    }

    /** What is there to decode; the decoder moves it on. */
    ByteBuffer unread() {
        return plain.unread();
    }

    /** What is there will be so many bytes in the end, as far as known; 0 when nothing is. */
    void expect(int bytes) {
        plain.expect(bytes);
    }

    /** Goes on to what has come behind that; false when there is nothing. */
    boolean advance() {
        return plain.advance();
    }

    /** Lets go of memory that holds nothing. */
    void trim() {
        plain.trim();
    }

    /** Forgets what has come. */
    void clear() {
        plain.clear();
        packed.clear();
    }

    /** What comes from now on is compressed. */
    void unpackWith(Unpacker newUnpacker) {
        unpacker = newUnpacker;
    }

    /** The connection has another turn. */
    void beginTurn() {
        leftInTurn = TURN_BYTES;
    }

    /** True when there is more to be had from what has come. */
    boolean hasMore() {
        return lastPieceWasFull || packed.unread().hasRemaining();
    }

    /**
     * Unpacks some more; false when there is nothing, or not in this turn.
     *
     * @throws io.sluice.protocol.stream.MalformedStream when it cannot be unpacked
     */
    boolean unpack() {
        if (leftInTurn <= 0 || !hasMore()) return false;
        ByteBuffer in = packed.unread();
        int size = Math.max(MIN_PIECE, Math.min(4 * in.remaining(), MAX_PIECE));
        ByteBuffer piece = ByteBuffer.allocate(size);
        unpacker.unpack(in, piece);
        packed.trim();
        lastPieceWasFull = !piece.hasRemaining();
        leftInTurn -= piece.position();
        plain.add(piece.flip());
        return true;
    }

    void close() {
        clear();
        lastPieceWasFull = false;
        if (unpacker != null) unpacker.close();
        unpacker = null;
    }
}
