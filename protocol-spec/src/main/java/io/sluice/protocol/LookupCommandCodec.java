package io.sluice.protocol;

import static io.sluice.protocol.ErrorCode.E_BAD_BODY;
import static io.sluice.protocol.ErrorCode.E_BAD_CHANNEL;
import static io.sluice.protocol.ErrorCode.E_BAD_TOPIC;
import static io.sluice.protocol.ErrorCode.E_INVALID;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Both directions of the lookup protocol: commands as text lines, answers as a length and a
 * payload. Keeps no state: each is taken whole or not at all.
 */
public final class LookupCommandCodec {
    /** What nsqd sends first: protocol version 1. */
    public static final Bytes MAGIC = Bytes.utf8("  V1");

    private final int maxBodySize;

    /** Refuses IDENTIFY bodies and answers of more than {@code maxBodySize} bytes. */
    public LookupCommandCodec(int maxBodySize) {
        this.maxBodySize = maxBodySize;
    }

    /**
     * Returns the next command and moves past it, or returns null and moves nothing.
     *
     * @param gate told the verb before anything else is looked at; throws when it may not come now
     * @throws ProtocolException what the peer did wrong; nothing behind it can be read
     * @throws LineTooLong see there
     */
    public LookupCommand decode(ByteBuffer in, Consumer<String> gate) {
        return next(in, gate, false);
    }

    /**
     * Says what is missing of a command that stopped half-way: the error for the part that never
     * came, or null when no command was begun.
     */
    public ProtocolException unfinished(ByteBuffer in, Consumer<String> gate) {
        try {
            next(in.duplicate(), gate, true);
            return null;
        } catch (ProtocolException e) {
            return e;
        }
    }

    private LookupCommand next(ByteBuffer in, Consumer<String> gate, boolean ended) {
        ByteBuffer ahead = in.duplicate();
        Line raw = Line.read(ahead, Line.NONE);
        if (raw == null) return null;
        Line line = raw.stripped();
        gate.accept(line.verb());
        LookupCommand command = parse(line, new Body(ahead, ended));
        if (command != null) in.position(ahead.position());
        return command;
    }

    private LookupCommand parse(Line line, Body in) {
        return switch (line.verb()) {
            case "PING" -> new LookupCommand.Ping();
            case "IDENTIFY" -> identify(in);
            case "REGISTER" -> new LookupCommand.Register(topic(line), channel(line));
            case "UNREGISTER" -> new LookupCommand.Unregister(topic(line), channel(line));
            default -> throw E_INVALID.because("invalid command " + Shown.plain(line.verb()));
        };
    }

    /** NSQ has no text for a size that is not allowed, so it gets the one for a missing body. */
    private LookupCommand identify(Body in) {
        if (!in.has(4, E_BAD_BODY, "IDENTIFY failed to read body size")) return null;
        int size = in.size();
        String otherwise = "IDENTIFY failed to read body";
        if (size < 0 || size > maxBodySize) throw E_BAD_BODY.because(otherwise);
        return in.has(size, E_BAD_BODY, otherwise)
                ? new LookupCommand.Identify(in.take(size))
                : null;
    }

    private static TopicName topic(Line line) {
        String name = line.parameter(1);
        if (name == null) {
            throw E_INVALID.because(line.verb() + " insufficient number of params");
        }
        if (TopicName.isValid(name)) return new TopicName(name);
        throw E_BAD_TOPIC.because(
                line.verb() + " topic name '" + Shown.plain(name) + "' is not valid");
    }

    private static ChannelName channel(Line line) {
        String name = line.parameter(2);
        if (name == null || name.isEmpty()) return null;
        if (ChannelName.isValid(name)) return new ChannelName(name);
        throw E_BAD_CHANNEL.because(
                line.verb() + " channel name '" + Shown.plain(name) + "' is not valid");
    }

    /** The whole command, ready to send. */
    public static ByteBuffer encode(LookupCommand command) {
        if (command instanceof LookupCommand.Register c) {
            return line("REGISTER", c.topic(), c.channel());
        }
        if (command instanceof LookupCommand.Unregister c) {
            return line("UNREGISTER", c.topic(), c.channel());
        }
        if (command instanceof LookupCommand.Identify c) {
            ByteBuffer out = ByteBuffer.allocate(9 + 4 + c.json().length());
            out.put("IDENTIFY\n".getBytes(StandardCharsets.US_ASCII));
            out.putInt(c.json().length());
            c.json().putTo(out);
            return out.flip();
        }
        return ByteBuffer.wrap("PING\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuffer line(String verb, TopicName topic, ChannelName channel) {
        String text = verb + " " + topic + (channel == null ? "" : " " + channel) + "\n";
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** An answer, ready to send; errors have the same form. */
    public static ByteBuffer answer(Bytes payload) {
        ByteBuffer out = ByteBuffer.allocate(4 + payload.length()).putInt(payload.length());
        payload.putTo(out);
        return out.flip();
    }

    /**
     * Returns the next answer's payload and moves past it, or returns null and moves nothing.
     *
     * @throws ProtocolException when its length is not within the limit
     */
    public Bytes decodeAnswer(ByteBuffer in) {
        if (in.remaining() < 4) return null;
        int size = in.getInt(in.position());
        if (size < 0 || size > maxBodySize) {
            throw E_BAD_BODY.because("answer of " + size + " bytes, allowed are " + maxBodySize);
        }
        if (in.remaining() - 4 < size) return null;
        in.position(in.position() + 4);
        return Bytes.take(in, size);
    }
}
