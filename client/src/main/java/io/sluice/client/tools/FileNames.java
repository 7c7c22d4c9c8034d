package io.sluice.client.tools;

import io.sluice.daemon.Hostname;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;

/** What the files of a topic are called. */
final class FileNames {
    private static final String REVISION = "<REV>";

    private final String format;
    private final String datetimeFormat;

    /** Throws IllegalArgumentException when names need a number and have no room for it. */
    FileNames(ToFileOptions options, String topic) {
        this(options, topic, Hostname.get());
    }

    FileNames(ToFileOptions options, String topic, String hostname) {
        if (options.hasRevisions() && !options.filenameFormat.contains(REVISION)) {
            throw new IllegalArgumentException(
                    "missing <REV> in --filename-format when gzip, rotation, or work dir enabled");
        }
        String shortHost = hostname.split("\\.", 2)[0];
        String host = options.hostIdentifier.isEmpty() ? "<SHORT_HOST>" : options.hostIdentifier;
        String names =
                options.filenameFormat
                        .replace(REVISION, options.hasRevisions() ? REVISION : "")
                        .replace("<TOPIC>", topic)
                        .replace("<HOST>", host)
                        .replace("<SHORT_HOST>", shortHost)
                        .replace("<HOSTNAME>", hostname)
                        .replace("<PID>", Long.toString(ProcessHandle.current().pid()));
        format = options.gzip && !names.endsWith(".gz") ? names + ".gz" : names;
        datetimeFormat = options.datetimeFormat;
    }

    /** The name of this moment, in which the revision is still open. */
    String at(ZonedDateTime time) {
        return format.replace("<DATETIME>", Strftime.format(datetimeFormat, time));
    }

    /** A name of {@link #at} with this revision. */
    static String revision(String name, int revision) {
        return name.replaceAll(REVISION, Matcher.quoteReplacement("-%06d".formatted(revision)));
    }
}
