package io.sluice.client;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Frame;
import io.sluice.protocol.Limits;
import java.io.IOException;
import java.util.Map;

/**
 * What a daemon answered to IDENTIFY.
 *
 * @param maxReadyCount highest RDY that it takes
 * @param msgTimeoutMs when it gives a message to somebody else; 0 when it did not say
 * @param tls whether TLS comes next
 * @param compression what comes behind that
 * @param authRequired whether it wants a secret
 */
record Negotiated(
        int maxReadyCount,
        long msgTimeoutMs,
        boolean tls,
        Compression compression,
        boolean authRequired) {
    /** A daemon that negotiates nothing answers OK. */
    private static final Negotiated NOTHING =
            new Negotiated(
                    Math.toIntExact(Limits.DEFAULT.maxReadyCount()),
                    0,
                    false,
                    Compression.NONE,
                    false);

    static Negotiated of(Bytes answer) throws IOException {
        if (answer.equals(Frame.OK.data())) return NOTHING;
        if (!(Json.read(answer.toArray()) instanceof Map<?, ?> json)) {
            throw new IOException("the answer to IDENTIFY is no JSON object: " + answer);
        }
        long maxReadyCount = number(json, "max_rdy_count", NOTHING.maxReadyCount);
        return new Negotiated(
                (int) Math.max(1, Math.min(maxReadyCount, Integer.MAX_VALUE)),
                number(json, "msg_timeout", 0),
                isTrue(json, "tls_v1"),
                compression(json),
                isTrue(json, "auth_required"));
    }

    private static Compression compression(Map<?, ?> json) {
        if (isTrue(json, "snappy")) return Compression.SNAPPY;
        return isTrue(json, "deflate") ? Compression.DEFLATE : Compression.NONE;
    }

    private static long number(Map<?, ?> json, String name, long otherwise) {
        return json.get(name) instanceof Long value ? value : otherwise;
    }

    private static boolean isTrue(Map<?, ?> json, String name) {
        return Boolean.TRUE.equals(json.get(name));
    }
}
