package io.sluice.examples.bench.wire;

import io.sluice.protocol.Limits;
import io.sluice.protocol.TopicName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Makes the bytes of a request that publishes; its messages are all the same, nobody reads them.
 */
public final class PublishRequest {
    private static final byte FILL = 'x';

    private PublishRequest() {}

    /** Refuses what no daemon takes by default. */
    public static ByteBuffer encode(TopicName topic, Publishing publishing) {
        long length = bodyLength(publishing);
        if (length > Limits.DEFAULT.maxBodySize()) {
            throw new BenchException(
                    String.format(
                            "a request of %s is %d bytes: %d is the most",
                            publishing, length, Limits.DEFAULT.maxBodySize()));
        }
        String head =
                String.format(
                        "POST %s HTTP/1.1\r\nHost: bench\r\nContent-Length: %d\r\n\r\n",
                        path(topic, publishing.form()), length);
        ByteBuffer request = ByteBuffer.allocateDirect(head.length() + (int) length);
        request.put(head.getBytes(StandardCharsets.US_ASCII));
        boolean binary = publishing.form() == PublishForm.MPUB_BINARY;
        if (binary) request.putInt(publishing.batch());
        for (int i = 0; i < publishing.batch(); i++) {
            if (binary) request.putInt(publishing.bodySize());
            for (int j = 0; j < publishing.bodySize(); j++) request.put(FILL);
            if (publishing.form() == PublishForm.MPUB_TEXT) request.put((byte) '\n');
        }
        return request.flip();
    }

    private static String path(TopicName topic, PublishForm form) {
        return switch (form) {
            case PUB -> "/pub?topic=" + topic;
            case MPUB_TEXT -> "/mpub?topic=" + topic;
            case MPUB_BINARY -> "/mpub?topic=" + topic + "&binary=true";
            case COMMAND -> throw new IllegalArgumentException("a command is not a request");
        };
    }

    private static long bodyLength(Publishing publishing) {
        long bodies = (long) publishing.batch() * publishing.bodySize();
        return switch (publishing.form()) {
            case MPUB_TEXT -> bodies + publishing.batch();
            case MPUB_BINARY -> bodies + Integer.BYTES * (1L + publishing.batch());
            default -> bodies;
        };
    }
}
