package io.sluice.nsqd.net;

import static io.sluice.protocol.ErrorCode.E_BAD_BODY;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.protocol.Bytes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a client said in IDENTIFY; 0, false or "" for what it did not say. Keys are matched without
 * regard to case and unknown ones ignored, as nsqd does.
 *
 * @param heartbeatInterval milliseconds; -1 for none
 * @param outputBufferTimeout milliseconds; -1 for none
 * @param msgTimeout milliseconds
 * @param deflateLevel 0 or less for any
 */
record IdentifyBody(
        String clientId,
        String hostname,
        String userAgent,
        String topologyRegion,
        String topologyZone,
        boolean featureNegotiation,
        long heartbeatInterval,
        long outputBufferSize,
        long outputBufferTimeout,
        long sampleRate,
        long msgTimeout,
        boolean tlsV1,
        boolean deflate,
        long deflateLevel,
        boolean snappy) {
    private static final ObjectReader READER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readerFor(JsonNode.class);

    static IdentifyBody parse(Bytes json) {
        try {
            JsonNode root = READER.readValue(json.toArray());
            if (!root.isObject() && !root.isNull()) throw malformed();
            return of(new Fields(root));
        } catch (JacksonException e) {
            throw malformed();
        } catch (IOException e) {
            throw new AssertionError("reading from memory", e);
        }
    }

    private static IdentifyBody of(Fields fields) {
        return new IdentifyBody(
                fields.text("client_id"),
                fields.text("hostname"),
                fields.text("user_agent"),
                fields.text("topology_region"),
                fields.text("topology_zone"),
                fields.flag("feature_negotiation"),
                fields.number("heartbeat_interval"),
                fields.number("output_buffer_size"),
                fields.number("output_buffer_timeout"),
                fields.number("sample_rate"),
                fields.number("msg_timeout"),
                fields.flag("tls_v1"),
                fields.flag("deflate"),
                fields.number("deflate_level"),
                fields.flag("snappy"));
    }

    private static RuntimeException malformed() {
        return E_BAD_BODY.because("IDENTIFY failed to decode JSON body");
    }

    /** The fields by lower-case key; the last of equal keys wins. */
    private static final class Fields {
        private final Map<String, JsonNode> values = new HashMap<>();

        Fields(JsonNode root) {
            for (Map.Entry<String, JsonNode> field : root.properties()) {
                if (field.getValue().isNull()) continue;
                values.put(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
            }
        }

        String text(String key) {
            JsonNode value = values.get(key);
            if (value == null) return "";
            if (!value.isTextual()) throw malformed();
            return value.textValue();
        }

        boolean flag(String key) {
            JsonNode value = values.get(key);
            if (value == null) return false;
            if (!value.isBoolean()) throw malformed();
            return value.booleanValue();
        }

        /** A long, so that what is far too big is out of bounds and not malformed. */
        long number(String key) {
            JsonNode value = values.get(key);
            if (value == null) return 0;
            if (!value.isInt() && !value.isLong()) throw malformed();
            return value.longValue();
        }
    }
}
