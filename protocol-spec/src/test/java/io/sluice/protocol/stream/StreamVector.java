package io.sluice.protocol.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.protocol.VectorFile;
import java.util.stream.Stream;

/** A vector of streams.json: compressed bytes, and what they are. */
record StreamVector(
        String name,
        String codec,
        byte[] bytes,
        boolean canonical,
        byte[] plain,
        String malformed) {
    static Stream<StreamVector> all() {
        return new VectorFile("streams.json").vectors("vectors").map(StreamVector::of);
    }

    private static StreamVector of(JsonNode vector) {
        VectorFile.onlyFields(
                vector,
                "name",
                "shows",
                "codec",
                "bytes",
                "shown",
                "canonical",
                "plain",
                "malformed");
        return new StreamVector(
                vector.required("name").textValue(),
                vector.required("codec").textValue(),
                VectorFile.bytes(vector.required("bytes")),
                vector.required("canonical").booleanValue(),
                VectorFile.bytes(vector.required("plain")),
                vector.path("malformed").textValue());
    }

    Unpacker unpacker() {
        return switch (codec) {
            case "snappy" -> new SnappyUnpacker();
            case "deflate" -> new DeflateUnpacker();
            default -> throw new AssertionError("no such codec: " + codec);
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
