package io.sluice.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A vector of the answers in lookup.json: bytes of nsqlookupd, and what nsqd makes of them. */
record AnswerVector(
        String name,
        byte[] bytes,
        int maxBodySize,
        boolean canonical,
        List<Bytes> answers,
        String refused,
        boolean unfinished) {
    static Stream<AnswerVector> all() {
        return new VectorFile("lookup.json").vectors("answers").map(AnswerVector::of);
    }

    private static AnswerVector of(JsonNode vector) {
        VectorFile.onlyFields(
                vector,
                "name",
                "shows",
                "bytes",
                "shown",
                "limits",
                "canonical",
                "answers",
                "refused",
                "unfinished");
        return new AnswerVector(
                vector.required("name").textValue(),
                VectorFile.bytes(vector.required("bytes")),
                LookupVector.maxBodySize(vector),
                vector.required("canonical").booleanValue(),
                StreamSupport.stream(vector.required("answers").spliterator(), false)
                        .map(answer -> Bytes.wrap(VectorFile.bytes(answer)))
                        .toList(),
                vector.path("refused").textValue(),
                vector.path("unfinished").booleanValue());
    }

    @Override
    public String toString() {
        return name;
    }
}
