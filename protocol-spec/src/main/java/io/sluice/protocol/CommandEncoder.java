package io.sluice.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes commands, as a client sends them. */
public final class CommandEncoder {
    /** What a client sends first: protocol version 2. */
    public static final Bytes MAGIC = Bytes.utf8("  V2");

    private CommandEncoder() {}

    /** The whole command, ready to send. */
    public static ByteBuffer encode(Command command) {
        if (command instanceof Command.Fin c) return line("FIN " + c.id());
        if (command instanceof Command.Pub c) return withBody("PUB " + c.topic(), c.body());
        if (command instanceof Command.Mpub c) return batch("MPUB " + c.topic(), c.bodies());
        if (command instanceof Command.Rdy c) return line("RDY " + c.count());
        if (command instanceof Command.Req c) return line("REQ " + c.id() + " " + c.delayMs());
        if (command instanceof Command.Touch c) return line("TOUCH " + c.id());
        if (command instanceof Command.Dpub c) {
            return withBody("DPUB " + c.topic() + " " + c.delayMs(), c.body());
        }
        if (command instanceof Command.Sub c) return line("SUB " + c.topic() + " " + c.channel());
        if (command instanceof Command.Identify c) return withBody("IDENTIFY", c.json());
        if (command instanceof Command.Auth c) return withBody("AUTH", c.secret());
        if (command instanceof Command.Cls) return line("CLS");
        return line("NOP");
    }

    private static ByteBuffer line(String line) {
        return start(line, 0).flip();
    }

    private static ByteBuffer withBody(String line, Bytes body) {
        ByteBuffer out = start(line, 4 + body.length());
        out.putInt(body.length());
        body.putTo(out);
        return out.flip();
    }

    private static ByteBuffer batch(String line, List<Bytes> bodies) {
        int size = 4;
        for (Bytes body : bodies) size = Math.addExact(size, 4 + body.length());
        ByteBuffer out = start(line, 4 + size);
        out.putInt(size).putInt(bodies.size());
        for (Bytes body : bodies) {
            out.putInt(body.length());
            body.putTo(out);
        }
        return out.flip();
    }

    private static ByteBuffer start(String line, int more) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(bytes.length + 1 + more).put(bytes).put((byte) '\n');
    }
}
