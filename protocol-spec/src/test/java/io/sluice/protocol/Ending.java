package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** What a vector of commands says of its end, behind the commands that went well. */
record Ending(Kind kind, JsonNode error) {
    enum Kind {
        /** All bytes are taken. */
        DONE,
        /** The peer is told of an error. */
        ERROR,
        /** The connection is closed without a word. */
        CLOSED,
        /** More may come; if nothing does, the peer is told of an error, or of none. */
        UNFINISHED
    }

    static Ending of(JsonNode vector) {
        if (vector.has("error")) return new Ending(Kind.ERROR, vector.get("error"));
        if (vector.has("closed")) return new Ending(Kind.CLOSED, null);
        if (vector.has("unfinished")) return new Ending(Kind.UNFINISHED, vector.get("unfinished"));
        return new Ending(Kind.DONE, null);
    }

    /** Compares with what came of a decoder, and asks it what is missing. */
    void check(Feed.Outcome<?> outcome, Function<ByteBuffer, ProtocolException> unfinished) {
        switch (kind) {
            case ERROR -> checkError(outcome.thrown());
            case CLOSED -> assertThat(outcome.thrown()).isInstanceOf(LineTooLong.class);
            default -> {
                assertThat(outcome.thrown()).isNull();
                assertThat(outcome.rest().hasRemaining()).isEqualTo(kind == Kind.UNFINISHED);
                checkError(unfinished.apply(outcome.rest()));
            }
        }
    }

    private void checkError(RuntimeException thrown) {
        if (error == null || error.isNull()) {
            assertThat(thrown).isNull();
            return;
        }
        VectorFile.onlyFields(error, "code", "text", "fatal");
        assertThat(thrown).isInstanceOf(ProtocolException.class);
        ProtocolException e = (ProtocolException) thrown;
        assertThat(e.getMessage()).isEqualTo(error.required("text").textValue());
        assertThat(e.code().name()).isEqualTo(error.required("code").textValue());
        assertThat(e.code().fatal()).isEqualTo(error.required("fatal").booleanValue());
    }
}
