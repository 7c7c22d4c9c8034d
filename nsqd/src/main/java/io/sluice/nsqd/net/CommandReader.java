package io.sluice.nsqd.net;

import static io.sluice.protocol.ErrorCode.E_BAD_PROTOCOL;

import io.sluice.nsqd.core.Admission;
import io.sluice.protocol.BodyArrays;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandDecoder;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Limits;
import io.sluice.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/** Makes commands of what a client sends: behind the magic, and as its state admits them. */
final class CommandReader {
    private final Inflow inflow;
    private final CommandDecoder decoder;
    private final Admission admission;
    private final Predicate<String> gate;
    private boolean magicSeen;

    /**
     * A reader of nothing yet.
     *
     * @param arrays for bodies that are long
     */
    CommandReader(Limits limits, boolean tlsRequired, BodyArrays arrays) {
        this.inflow = new Inflow(arrays);
        this.decoder = new CommandDecoder(limits, arrays);
        this.admission = new Admission(tlsRequired);
        this.gate = admission::admit;
    }

    Inflow inflow() {
        return inflow;
    }

    Admission admission() {
        return admission;
    }

    boolean hasSeenMagic() {
        return magicSeen;
    }

    /**
     * Takes the magic when it has come whole; false until then.
     *
     * @throws ProtocolException when it is another one
     */
    boolean readMagic() {
        ByteBuffer in = inflow.unread();
        if (in.remaining() < CommandEncoder.MAGIC.length()) return false;
        if (!Bytes.take(in, CommandEncoder.MAGIC.length()).equals(CommandEncoder.MAGIC)) {
            throw E_BAD_PROTOCOL.because("");
        }
        magicSeen = true;
        return true;
    }

    /** The next command; null when it has not all come, or has to be unpacked first. */
    Command next() {
        do {
            Command command = decoder.decode(inflow.unread(), gate);
            if (command != null) return command;
            inflow.expect(decoder.expected());
        } while (inflow.advance());
        inflow.trim();
        return null;
    }

    /** What is missing of a command that was begun; null when none was. */
    ProtocolException unfinished() {
        while (inflow.advance())
            ;
        return magicSeen ? decoder.unfinished(inflow.unread(), gate) : null;
    }
}
