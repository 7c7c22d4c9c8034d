package io.sluice.nsqd.store.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Prints messages, a line each. */
final class MessagePrinter {
    /** Whoever reads may have gone; to look takes a flush. */
    private static final int LINES_BETWEEN_LOOKS = 1_000;

    private final TopicName topic;
    private final LogOptions.Format format;
    private final PrintStream out;
    private long printed;

    MessagePrinter(TopicName topic, LogOptions.Format format, PrintStream out) {
        this.topic = topic;
        this.format = format;
        this.out = out;
    }

    /** Entries that are no messages are left out. */
    void print(LogEntry entry, long lsn) {
        if (!(entry instanceof LogEntry.Message message)) return;
        byte[] line =
                format == LogOptions.Format.RAW
                        ? message.body().toArray()
                        : json(message, lsn).toString().getBytes(StandardCharsets.UTF_8);
        out.write(line, 0, line.length);
        out.write('\n');
        if (++printed % LINES_BETWEEN_LOOKS == 0 && out.checkError()) {
            throw new UncheckedIOException(new IOException("cannot write the output"));
        }
    }

    private ObjectNode json(LogEntry.Message message, long lsn) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("topic", topic.value());
        json.put("lsn", lsn);
        json.put("id", message.id().toString());
        json.put("timestamp", message.timestampNs());
        if (message.dueNs() > message.timestampNs()) json.put("due", message.dueNs());
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(message.body().toBuffer())
                            .toString();
            json.put("body", text);
        } catch (CharacterCodingException e) {
            json.put("body_base64", message.body().toArray());
        }
        return json;
    }
}
