package io.sluice.admin.cluster;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** Records as NSQ's JSON and back: keys in snake case; what no record asks for is passed over. */
public final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Json() {}

    /** Throws IllegalArgumentException when it is not JSON, or not of that form. */
    public static <T> T read(Buffer json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json.getBytes(), type);
            if (value == null) throw new IllegalArgumentException("the answer is null");
            return value;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the answer is not the expected JSON", e);
        } catch (IOException e) {
            throw new AssertionError("reading from memory", e);
        }
    }

    /** An empty object to fill. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The value as a tree. */
    public static <T extends JsonNode> T tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The value as JSON text in UTF-8. */
    public static Buffer write(Object value) {
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
