package io.sluice.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A vector of lookup.json: bytes of nsqd, and what nsqlookupd makes of them. */
record LookupVector(
        String name,
        byte[] bytes,
        int maxBodySize,
        boolean canonical,
        List<LookupCommand> commands,
        Ending ending) {
    static Stream<LookupVector> all() {
        return new VectorFile("lookup.json").vectors("vectors").map(LookupVector::of);
    }

    private static LookupVector of(JsonNode vector) {
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
        return new LookupVector(
                vector.required("name").textValue(),
                VectorFile.bytes(vector.required("bytes")),
                maxBodySize(vector),
                vector.required("canonical").booleanValue(),
                StreamSupport.stream(vector.required("commands").spliterator(), false)
                        .map(LookupVector::command)
                        .toList(),
                Ending.of(vector));
    }

    static int maxBodySize(JsonNode vector) {
        JsonNode limits = vector.path("limits");
        VectorFile.onlyFields(limits, "maxBodySize");
        return limits.path("maxBodySize").asInt(Limits.DEFAULT.maxBodySize());
    }

    private static LookupCommand command(JsonNode c) {
        VectorFile.onlyFields(c, "command", "topic", "channel", "json");
        String verb = c.required("command").textValue();
        return switch (verb) {
            case "IDENTIFY" -> identify(c);
            case "REGISTER" -> new LookupCommand.Register(topic(c), channel(c));
            case "UNREGISTER" -> new LookupCommand.Unregister(topic(c), channel(c));
            case "PING" -> new LookupCommand.Ping();
            default -> throw new AssertionError("no such command: " + verb);
        };
    }

    private static LookupCommand.Identify identify(JsonNode c) {
        return new LookupCommand.Identify(Bytes.wrap(VectorFile.bytes(c.required("json"))));
    }

    private static TopicName topic(JsonNode c) {
        return new TopicName(c.required("topic").textValue());
    }

    private static ChannelName channel(JsonNode c) {
        JsonNode channel = c.required("channel");
        return channel.isNull() ? null : new ChannelName(channel.textValue());
    }

    @Override
    public String toString() {
        return name;
    }
}
