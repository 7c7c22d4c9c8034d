package io.sluice.lookupd;

import static io.sluice.protocol.ErrorCode.E_BAD_PROTOCOL;

import io.sluice.lookupd.registry.LookupSession;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.LineTooLong;
import io.sluice.protocol.LookupCommand;
import io.sluice.protocol.LookupCommandCodec;
import io.sluice.protocol.ProtocolException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/** Bytes of one queue daemon in, answers out. The only place where a failure becomes bytes. */
final class LookupConnection {
    /** Bytes of an IDENTIFY body; real ones have about 200. */
    static final int MAX_IDENTIFY_BODY = 64 * 1024;

    private static final System.Logger LOG = System.getLogger(LookupConnection.class.getName());

    private final NetSocket socket;
    private final LookupSession session;
    private final LongSupplier clock;
    private final LookupCommandCodec codec = new LookupCommandCodec(MAX_IDENTIFY_BODY);
    // What is not yet a whole command; at most a line and a body, for the codec refuses longer
    // ones.
    private Buffer pending = Buffer.buffer();
    private boolean greeted;
    private boolean closed;

    LookupConnection(NetSocket socket, LookupSession session, LongSupplier clock) {
        this.socket = socket;
        this.session = session;
        this.clock = clock;
    }

    void open() {
        log("connected");
        socket.handler(this::received);
        socket.exceptionHandler(failure -> log("failed: " + failure.getMessage()));
        socket.closeHandler(end -> ended());
    }

    private void log(String what) {
        LOG.log(System.Logger.Level.INFO, "client " + socket.remoteAddress() + " " + what);
    }

    private void ended() {
        closed = true;
        session.close();
        log("closed");
    }

    private void received(Buffer chunk) {
        if (closed) return;
        Buffer all = pending.length() == 0 ? chunk : pending.appendBuffer(chunk);
        ByteBuffer in = ByteBuffer.wrap(all.getBytes());
        Buffer out = Buffer.buffer();
        boolean goOn = drain(in, out);
        pending = all.getBuffer(in.position(), all.length());
        if (out.length() > 0) send(out);
        if (!goOn) close();
    }

    /** Answers every whole command; false when the connection has to end. */
    private boolean drain(ByteBuffer in, Buffer out) {
        try {
            if (!greeted && !(greeted = magic(in))) return true;
            for (LookupCommand command = codec.decode(in, session::admit);
                    command != null;
                    command = codec.decode(in, session::admit)) {
                answer(session.execute(command, clock.getAsLong()), out);
            }
            return true;
        } catch (ProtocolException e) {
            log("refused: " + e.getMessage());
            answer(Bytes.utf8(e.getMessage()), out);
        } catch (LineTooLong e) {
            log("refused: " + e.getMessage());
        }
        return false;
    }

    private static boolean magic(ByteBuffer in) {
        int length = LookupCommandCodec.MAGIC.length();
        if (in.remaining() < length) return false;
        if (Bytes.take(in, length).equals(LookupCommandCodec.MAGIC)) return true;
        throw E_BAD_PROTOCOL.because("");
    }

    private static void answer(Bytes payload, Buffer out) {
        out.appendBytes(LookupCommandCodec.answer(payload).array());
    }

    private void send(Buffer out) {
        socket.write(out);
        // Answers nobody reads must not pile up: no more commands until these are gone.
        if (socket.writeQueueFull()) {
            socket.pause();
            socket.drainHandler(room -> socket.resume());
        }
    }

    private void close() {
        closed = true;
        socket.close();
    }
}
