package io.sluice.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A vector of commands.json: bytes of a client, and what nsqd makes of them. */
record CommandVector(
        String name,
        byte[] bytes,
        Limits limits,
        boolean canonical,
        List<Command> commands,
        Ending ending) {
    static Stream<CommandVector> all() {
        return new VectorFile("commands.json").vectors("vectors").map(CommandVector::of);
    }

    private static CommandVector of(JsonNode vector) {
        VectorFile.onlyFields(
                vector,
                "name",
                "shows",
                "bytes",
                "shown",
                "limits",
                "canonical",
                "commands",
                "error",
                "closed",
                "unfinished",
                "differs");
        return new CommandVector(
                vector.required("name").textValue(),
                VectorFile.bytes(vector.required("bytes")),
                limits(vector.path("limits")),
                vector.required("canonical").booleanValue(),
                StreamSupport.stream(vector.required("commands").spliterator(), false)
                        .map(CommandVector::command)
                        .toList(),
                Ending.of(vector));
    }

    private static Limits limits(JsonNode limits) {
        String[] names = {"maxMessageSize", "maxBodySize", "maxReadyCount", "maxRequeueDelayMs"};
        VectorFile.onlyFields(limits, names);
        return new Limits(
                limits.path(names[0]).asInt(Limits.DEFAULT.maxMessageSize()),
                limits.path(names[1]).asInt(Limits.DEFAULT.maxBodySize()),
                limits.path(names[2]).asLong(Limits.DEFAULT.maxReadyCount()),
                limits.path(names[3]).asLong(Limits.DEFAULT.maxRequeueDelayMs()));
    }

    private static Command command(JsonNode c) {
        VectorFile.onlyFields(
                c, "command", "topic", "channel", "body", "bodies", "json", "secret", "count", "id",
                "delayMs");
        String verb = c.required("command").textValue();
        return switch (verb) {
            case "IDENTIFY" -> new Command.Identify(bytes(c, "json"));
            case "AUTH" -> new Command.Auth(bytes(c, "secret"));
            case "SUB" -> new Command.Sub(topic(c), channel(c));
            case "PUB" -> new Command.Pub(topic(c), bytes(c, "body"));
            case "MPUB" -> new Command.Mpub(topic(c), bodies(c));
            case "DPUB" -> new Command.Dpub(topic(c), delayMs(c), bytes(c, "body"));
            case "RDY" -> new Command.Rdy(c.required("count").intValue());
            case "FIN" -> new Command.Fin(id(c));
            case "REQ" -> new Command.Req(id(c), delayMs(c));
            case "TOUCH" -> new Command.Touch(id(c));
            case "CLS" -> new Command.Cls();
            case "NOP" -> new Command.Nop();
            default -> throw new AssertionError("no such command: " + verb);
        };
    }

    private static Bytes bytes(JsonNode c, String field) {
        return Bytes.wrap(VectorFile.bytes(c.required(field)));
    }

    private static List<Bytes> bodies(JsonNode c) {
        return StreamSupport.stream(c.required("bodies").spliterator(), false)
                .map(body -> Bytes.wrap(VectorFile.bytes(body)))
                .toList();
    }

    private static TopicName topic(JsonNode c) {
        return new TopicName(c.required("topic").textValue());
    }

    private static ChannelName channel(JsonNode c) {
        return new ChannelName(c.required("channel").textValue());
    }

    private static MessageId id(JsonNode c) {
        return MessageId.take(bytes(c, "id").toBuffer());
    }

    private static long delayMs(JsonNode c) {
        return c.required("delayMs").longValue();
    }

    @Override
    public String toString() {
        return name;
    }
}
