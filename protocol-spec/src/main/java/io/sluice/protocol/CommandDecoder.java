package io.sluice.protocol;

import static io.sluice.protocol.ErrorCode.E_BAD_BODY;
import static io.sluice.protocol.ErrorCode.E_BAD_CHANNEL;
import static io.sluice.protocol.ErrorCode.E_BAD_MESSAGE;
import static io.sluice.protocol.ErrorCode.E_BAD_TOPIC;
import static io.sluice.protocol.ErrorCode.E_INVALID;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads commands off a connection. A command is taken whole or not at all: nothing of one that has
 * not all come is kept here. A large body is not copied: whoever owns the input must not write
 * again where something was, and must not read again what has been decoded to its end, as the array
 * is the last body's then ({@link Bytes#sole}).
 *
 * <p>What is checked first is part of the protocol, since a client sees the first error only
 * (spec/tcp-v2.md, Order of checks).
 */
public final class CommandDecoder {
    private static final Command.Cls CLS = new Command.Cls();
    private static final Command.Nop NOP = new Command.Nop();

    /** "FIN " as an int. */
    private static final int FIN = 'F' << 24 | 'I' << 16 | 'N' << 8 | ' ';

    private final Limits limits;
    private final BodyArrays arrays;
    private final BatchReader batches;
    private Line last = Line.NONE;
    private int expected;

    /** A decoder for peers that must keep to these limits. */
    public CommandDecoder(Limits limits) {
        this(limits, BodyArrays.NEW);
    }

    /** The same, which copies long bodies into {@code arrays}. */
    public CommandDecoder(Limits limits, BodyArrays arrays) {
        this.limits = limits;
        this.arrays = arrays;
        this.batches = new BatchReader(limits, arrays);
    }

    /**
     * Returns the next command and moves past it, or returns null when it has not all come.
     *
     * @param gate told the verb before anything else of the line is looked at. It throws when the
     *     verb may not come now, and returns false for a line that is to be skipped
     * @throws ProtocolException what the peer did wrong; nothing behind it can be read
     * @throws LineTooLong see there
     */
    public Command decode(ByteBuffer in, Predicate<String> gate) {
        return next(in, gate, false);
    }

    /** All bytes of the command that has not all come, as far as known; 0 when nothing is. */
    public int expected() {
        return expected;
    }

    /**
     * Says what is missing of a command that stopped half-way: the error for the part that never
     * came, or null when no command was begun.
     */
    public ProtocolException unfinished(ByteBuffer in, Predicate<String> gate) {
        try {
            next(in.duplicate(), gate, true);
            return null;
        } catch (ProtocolException e) {
            return e;
        }
    }

    private Command next(ByteBuffer in, Predicate<String> gate, boolean ended) {
        expected = 0;
        while (true) {
            int start = in.position();
            if (isPlainFin(in) && gate.test("FIN")) return plainFin(in);
            Line line = Line.read(in, last);
            if (line == null) return null;
            last = line;
            int behind = in.position();
            in.position(start);
            boolean admitted = gate.test(line.verb());
            in.position(behind);
            if (!admitted) continue;
            Body body = new Body(in, ended, arrays);
            Command command = parse(line, body);
            if (command != null) return command;
            expected = body.expectedEnd() - start;
            in.position(start);
            return null;
        }
    }

    /** True for FIN with an id as ours are: half of all that comes, and no two are the same. */
    private static boolean isPlainFin(ByteBuffer in) {
        int start = in.position();
        int end = start + 4 + MessageId.LENGTH;
        return in.limit() > end
                && in.getInt(start) == FIN
                && in.get(end) == '\n'
                && isVisible(in.getLong(start + 4))
                && isVisible(in.getLong(start + 12));
    }

    /** True when none of the eight bytes is a space or a control character. */
    private static boolean isVisible(long bytes) {
        return (bytes - 0x2121212121212121L & ~bytes & 0x8080808080808080L) == 0;
    }

    private static Command.Fin plainFin(ByteBuffer in) {
        in.position(in.position() + 4);
        MessageId id = MessageId.take(in);
        in.position(in.position() + 1);
        return new Command.Fin(id);
    }

    private Command parse(Line line, Body in) {
        return switch (line.verb()) {
            case "FIN" -> new Command.Fin(messageId(line));
            case "PUB" -> pub(line, in);
            case "MPUB" -> mpub(line, in);
            case "RDY" -> rdy(line);
            case "REQ" -> req(line);
            case "TOUCH" -> new Command.Touch(messageId(line));
            case "DPUB" -> dpub(line, in);
            case "SUB" -> sub(line);
            case "NOP" -> NOP;
            case "CLS" -> CLS;
            case "IDENTIFY" -> identify(in);
            case "AUTH" -> auth(line, in);
            default -> throw E_INVALID.because("invalid command " + Shown.plain(line.verb()));
        };
    }

    private Command identify(Body in) {
        Bytes json = commandBody("IDENTIFY", in);
        return json == null ? null : new Command.Identify(json);
    }

    private Command auth(Line line, Body in) {
        if (line.parameters() != 0) throw E_INVALID.because("AUTH invalid number of parameters");
        Bytes secret = commandBody("AUTH", in);
        return secret == null ? null : new Command.Auth(secret);
    }

    private Bytes commandBody(String verb, Body in) {
        if (!in.has(4, E_BAD_BODY, verb + " failed to read body size")) return null;
        int size = in.size();
        int max = limits.maxBodySize();
        if (size > max) throw E_BAD_BODY.because(verb + " body too big " + size + " > " + max);
        if (size <= 0) throw E_BAD_BODY.because(verb + " invalid body size " + size);
        return in.has(size, E_BAD_BODY, verb + " failed to read body") ? in.take(size) : null;
    }

    private static Command sub(Line line) {
        require(line, 2, "SUB insufficient number of parameters");
        TopicName topic = topic(line, "");
        String channel = line.parameter(2);
        if (!ChannelName.isValid(channel)) {
            String shown = Shown.quoted(channel);
            throw E_BAD_CHANNEL.because("SUB channel name " + shown + " is not valid");
        }
        return new Command.Sub(topic, new ChannelName(channel));
    }

    private Command pub(Line line, Body in) {
        require(line, 1, "PUB insufficient number of parameters");
        TopicName topic = topic(line, "");
        Bytes body = messageBody("PUB", in);
        return body == null ? null : new Command.Pub(topic, body);
    }

    private Command dpub(Line line, Body in) {
        require(line, 2, "DPUB insufficient number of parameters");
        TopicName topic = topic(line, "");
        String delay = line.parameter(2);
        if (!Decimal.isValid(delay)) {
            throw E_INVALID.because("DPUB could not parse timeout " + Shown.plain(delay));
        }
        long delayMs = Decimal.parse(delay);
        long max = limits.maxRequeueDelayMs();
        if (Long.compareUnsigned(delayMs, max) > 0) {
            String shown = Long.toUnsignedString(delayMs);
            throw E_INVALID.because("DPUB timeout " + shown + " out of range 0-" + max);
        }
        Bytes body = messageBody("DPUB", in);
        return body == null ? null : new Command.Dpub(topic, delayMs, body);
    }

    private Bytes messageBody(String verb, Body in) {
        if (!in.has(4, E_BAD_MESSAGE, verb + " failed to read message body size")) return null;
        int size = in.size();
        int max = limits.maxMessageSize();
        if (size <= 0) throw E_BAD_MESSAGE.because(verb + " invalid message body size " + size);
        if (size > max) {
            throw E_BAD_MESSAGE.because(verb + " message too big " + size + " > " + max);
        }
        return in.has(size, E_BAD_MESSAGE, verb + " failed to read message body")
                ? in.take(size)
                : null;
    }

    private Command mpub(Line line, Body in) {
        require(line, 1, "MPUB insufficient number of parameters");
        // NSQ writes the code twice here, and clients compare texts.
        TopicName topic = topic(line, "E_BAD_TOPIC ");
        if (!in.has(4, E_BAD_BODY, "MPUB failed to read body size")) return null;
        int size = in.size();
        int max = limits.maxBodySize();
        if (size <= 0) throw E_BAD_BODY.because("MPUB invalid body size " + size);
        if (size > max) throw E_BAD_BODY.because("MPUB body too big " + size + " > " + max);
        in.expect(size);
        List<Bytes> bodies = batches.read(in);
        return bodies == null ? null : new Command.Mpub(topic, bodies);
    }

    private Command rdy(Line line) {
        String count = line.parameter(1);
        if (count == null) return new Command.Rdy(1);
        if (!Decimal.isValid(count)) {
            throw E_INVALID.because("RDY could not parse count " + Shown.plain(count));
        }
        long ready = Decimal.parse(count);
        long max = limits.maxReadyCount();
        if (ready < 0 || ready > max) {
            throw E_INVALID.because("RDY count " + ready + " out of range 0-" + max);
        }
        return new Command.Rdy((int) ready);
    }

    private Command req(Line line) {
        require(line, 2, "REQ insufficient number of params");
        MessageId id = messageId(line);
        String delay = line.parameter(2);
        if (!Decimal.isValid(delay)) {
            throw E_INVALID.because("REQ could not parse timeout " + Shown.plain(delay));
        }
        long delayMs = Decimal.parse(delay);
        return new Command.Req(id, Math.max(0, Math.min(delayMs, limits.maxRequeueDelayMs())));
    }

    private static MessageId messageId(Line line) {
        require(line, 1, line.verb() + " insufficient number of params");
        String id = line.parameter(1);
        if (id.length() != MessageId.LENGTH) throw E_INVALID.because("invalid message ID");
        return MessageId.of(id);
    }

    private static TopicName topic(Line line, String prefix) {
        if (line.topic != null) return line.topic;
        String name = line.parameter(1);
        if (TopicName.isValid(name)) return line.topic = new TopicName(name);
        String shown = Shown.quoted(name);
        throw E_BAD_TOPIC.because(prefix + line.verb() + " topic name " + shown + " is not valid");
    }

    private static void require(Line line, int parameters, String otherwise) {
        if (line.parameter(parameters) == null) throw E_INVALID.because(otherwise);
    }
}
