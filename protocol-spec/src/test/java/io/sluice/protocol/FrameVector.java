package io.sluice.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A vector of frames.json: bytes of nsqd, and what a client makes of them. */
record FrameVector(
        String name,
        byte[] bytes,
        int maxSize,
        boolean canonical,
        List<Frame> frames,
        String malformed,
        boolean unfinished) {
    /** The frame of a message of max-msg-size, when nothing is configured. */
    private static final int DEFAULT_MAX_SIZE =
            4 + Message.HEADER_LENGTH + Limits.DEFAULT.maxMessageSize();

    static Stream<FrameVector> all() {
        return new VectorFile("frames.json").vectors("vectors").map(FrameVector::of);
    }

    private static FrameVector of(JsonNode vector) {
        VectorFile.onlyFields(
                vector,
                "name",
                "shows",
                "bytes",
                "shown",
                "maxSize",
                "canonical",
                "frames",
                "malformed",
                "unfinished");
        return new FrameVector(
                vector.required("name").textValue(),
                VectorFile.bytes(vector.required("bytes")),
                vector.path("maxSize").asInt(DEFAULT_MAX_SIZE),
                vector.required("canonical").booleanValue(),
                StreamSupport.stream(vector.required("frames").spliterator(), false)
                        .map(FrameVector::frame)
                        .toList(),
                vector.path("malformed").textValue(),
                vector.path("unfinished").booleanValue());
    }

    private static Frame frame(JsonNode f) {
        String kind = f.required("frame").textValue();
        if (kind.equals("message")) {
            VectorFile.onlyFields(f, "frame", "timestampNs", "attempts", "id", "body");
            return new Frame.Push(
                    new Message(
                            MessageId.take(bytes(f, "id").toBuffer()),
                            Long.parseLong(f.required("timestampNs").textValue()),
                            f.required("attempts").intValue(),
                            bytes(f, "body")));
        }
        VectorFile.onlyFields(f, "frame", "data");
        return switch (kind) {
            case "response" -> new Frame.Response(bytes(f, "data"));
            case "error" -> new Frame.Error(bytes(f, "data"));
            default -> throw new AssertionError("no such frame: " + kind);
        };
    }

    private static Bytes bytes(JsonNode f, String field) {
        return Bytes.wrap(VectorFile.bytes(f.required(field)));
    }

    @Override
    public String toString() {
        return name;
    }
}
