package io.sluice.nsqd.store.tool;

import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of nsqd-log. */
final class LogOptions {
    /** How messages are printed. */
    enum Format {
        /** An object a line. */
        JSON,
        /** The body, and a line feed behind it. */
        RAW
    }

    @Option(
            names = "--topic",
            defaultValue = "",
            paramLabel = "name",
            description = "only this topic (default is all of them)")
    String topic;

    @Option(
            names = "--format",
            defaultValue = "json",
            paramLabel = "word",
            description = "of export: json is an object a line, raw a body a line")
    String format;

    @Option(names = "--version", description = "print the version and exit")
    boolean version;

    /** IllegalArgumentException, naming the flag, for what does not go. */
    Format format() {
        return switch (format) {
            case "json" -> Format.JSON;
            case "raw" -> Format.RAW;
            default ->
                    throw new IllegalArgumentException(
                            "--format must be json or raw, not '" + format + "'");
        };
    }

    /** Those that are asked for, of those that have a log; IllegalArgumentException for none. */
    List<TopicName> topics(Path dataPath, List<TopicName> all) throws IOException {
        if (topic.isEmpty()) return all;
        List<TopicName> found = all.stream().filter(name -> name.value().equals(topic)).toList();
        if (!found.isEmpty()) return found;
        throw new IllegalArgumentException("topic '" + topic + "' has no log in " + dataPath);
    }
}
