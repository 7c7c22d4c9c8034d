package io.sluice.client.tools;

import io.sluice.daemon.GoDuration;
import io.sluice.daemon.LogLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of nsq_to_file. */
final class ToFileOptions {
    @Option(
            names = "--topic",
            paramLabel = "name",
            description = "topic to write (may be given multiple times)")
    List<String> topics = new ArrayList<>();

    @Option(
            names = "--topic-pattern",
            defaultValue = "",
            description = "write only topics that this regular expression is found in")
    String topicPattern;

    @Option(
            names = "--topic-refresh",
            defaultValue = "1m",
            converter = GoDuration.class,
            description = "how often to look for new topics when no --topic is given")
    Duration topicRefresh;

    @Option(
            names = "--channel",
            defaultValue = "nsq_to_file",
            description = "channel to consume as")
    String channel;

    @Option(
            names = "--output-dir",
            defaultValue = "/tmp",
            description = "directory of finished files")
    String outputDir;

    @Option(
            names = "--work-dir",
            defaultValue = "",
            description = "directory of files in progress, on the same file system as the other")
    String workDir;

    @Option(
            names = "--datetime-format",
            defaultValue = "%Y-%m-%d_%H",
            description = "strftime format of <DATETIME>")
    String datetimeFormat;

    @Option(
            names = "--filename-format",
            defaultValue = "<TOPIC>.<HOST><REV>.<DATETIME>.log",
            description =
                    "name of files, with <TOPIC>, <HOST>, <PID>, <DATETIME> and <REV>, a number"
                            + " that grows where a file exists already")
    String filenameFormat;

    @Option(
            names = "--host-identifier",
            defaultValue = "",
            description =
                    "what <HOST> is instead of the short host name; may have <SHORT_HOST> and"
                            + " <HOSTNAME>")
    String hostIdentifier;

    @Option(names = "--gzip", description = "compress the files")
    boolean gzip;

    @Option(
            names = "--gzip-level",
            defaultValue = "6",
            description = "1 for the fastest to 9 for the smallest")
    int gzipLevel;

    @Option(names = "--skip-empty-files", description = "write no files without a message")
    boolean skipEmptyFiles;

    @Option(
            names = "--rotate-size",
            defaultValue = "0",
            description =
                    "bytes, before compression, after which the next file begins; 0 for never")
    long rotateSize;

    @Option(
            names = "--rotate-interval",
            defaultValue = "0",
            converter = GoDuration.class,
            description = "time after which the next file begins; 0 for never")
    Duration rotateInterval;

    @Option(
            names = "--sync-interval",
            defaultValue = "30s",
            converter = GoDuration.class,
            description = "longest time that a message waits for the disk")
    Duration syncInterval;

    @Option(
            names = "--http-client-connect-timeout",
            defaultValue = "2s",
            converter = GoDuration.class,
            description = "longest wait for a connection, asking for topics")
    Duration httpConnectTimeout;

    @Option(
            names = "--http-client-request-timeout",
            defaultValue = "5s",
            converter = GoDuration.class,
            description = "longest wait for an answer, asking for topics")
    Duration httpRequestTimeout;

    @Option(
            names = "--log-level",
            defaultValue = "info",
            description = "debug, info, warn, error or fatal")
    LogLevel logLevel;

    @Option(
            names = "--log-prefix",
            defaultValue = "[nsq_to_file] ",
            description = "start of log lines")
    String logPrefix;

    @Mixin Source source = new Source();

    /** Throws IllegalArgumentException, naming the flag, for what does not go. */
    void validate() {
        if (channel.isEmpty()) refuse("--channel is required");
        source.validate();
        if (gzipLevel < 1 || gzipLevel > 9) {
            refuse("invalid --gzip-level value (" + gzipLevel + "), should be 1-9");
        }
        if (topics.isEmpty() && topicPattern.isEmpty()) {
            refuse("--topic or --topic-pattern required");
        }
        if (topics.isEmpty() && source.lookupdHttpAddresses.isEmpty()) {
            refuse("--lookupd-http-address required when no --topic specified");
        }
        positive("--topic-refresh", topicRefresh);
        positive("--sync-interval", syncInterval);
        positive("--http-client-connect-timeout", httpConnectTimeout);
        positive("--http-client-request-timeout", httpRequestTimeout);
        if (rotateSize < 0) refuse("--rotate-size must be 0 or more, not " + rotateSize);
        if (rotateInterval.isNegative()) refuse("--rotate-interval must be 0 or more");
        if (workDir.isEmpty()) workDir = outputDir;
        pattern();
    }

    /** What topics have to contain. */
    Pattern pattern() {
        try {
            return Pattern.compile(topicPattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "--topic-pattern is no regular expression: " + e.getMessage(), e);
        }
    }

    /** Whether files come one after the other, so that their names need a number. */
    boolean hasRevisions() {
        return gzip || rotateSize > 0 || rotateInterval.toNanos() > 0 || !workDir.equals(outputDir);
    }

    private static void positive(String flag, Duration value) {
        if (value.isNegative() || value.isZero()) refuse(flag + " should be positive");
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException(why);
    }
}
