package io.sluice.client.tools;

import io.sluice.daemon.GoDuration;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of nsq_to_http. */
final class ToHttpOptions {
    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final int MAX_HANDLERS = 10_000;

    @Option(names = "--topic", defaultValue = "", description = "topic to send")
    String topic;

    @Option(
            names = "--channel",
            defaultValue = "nsq_to_http",
            description = "channel to consume as")
    String channel;

    @Option(names = "--n", defaultValue = "100", description = "requests at a time")
    int n;

    @Option(
            names = "--post",
            paramLabel = "url",
            description = "URL to POST messages to (may be given multiple times)")
    List<String> posts = new ArrayList<>();

    @Option(
            names = "--get",
            paramLabel = "url",
            description =
                    "URL to GET, with the message in place of %%s (may be given multiple times)")
    List<String> gets = new ArrayList<>();

    @Option(
            names = "--mode",
            defaultValue = "hostpool",
            description = "hostpool, round-robin, epsilon-greedy; any other word is for all URLs")
    String mode;

    @Option(
            names = "--sample",
            defaultValue = "1.0",
            description = "part of the messages to send, from 0 to 1; the others are dropped")
    double sample;

    @Option(
            names = "--header",
            paramLabel = "key: value",
            description = "header of each request (may be given multiple times)")
    List<String> headers = new ArrayList<>();

    @Option(
            names = "--content-type",
            defaultValue = CONTENT_TYPE,
            description = "content type of what is posted")
    String contentType;

    @Option(
            names = "--status-every",
            defaultValue = "250",
            description = "messages between two log lines of how long they took; 0 for none")
    int statusEvery;

    @Option(
            names = "--http-client-connect-timeout",
            defaultValue = "2s",
            converter = GoDuration.class,
            description = "longest wait for a connection")
    Duration httpConnectTimeout;

    @Option(
            names = "--http-client-request-timeout",
            defaultValue = "20s",
            converter = GoDuration.class,
            description = "longest wait for the end of an answer")
    Duration httpRequestTimeout;

    @Mixin Source source = new Source();

    /** Throws IllegalArgumentException, naming the flag, for what does not go. */
    void validate() {
        headersByName();
        if (topic.isEmpty() || channel.isEmpty()) refuse("--topic and --channel are required");
        if (!contentType.equals(CONTENT_TYPE)) {
            if (posts.isEmpty()) refuse("--content-type only used with --post");
            if (contentType.isEmpty()) refuse("--content-type requires a value when used");
        }
        source.validate();
        if (gets.isEmpty() && posts.isEmpty()) refuse("--get or --post required");
        if (!gets.isEmpty() && !posts.isEmpty()) refuse("use --get or --post not both");
        for (String get : gets) {
            if (get.split("%s", -1).length != 2) {
                refuse("invalid GET address - must be a printf string: " + get);
            }
        }
        for (String url : urls()) checkUrl(url);
        if (!(sample >= 0 && sample <= 1)) refuse("--sample must be between 0.0 and 1.0");
        if (n < 1 || n > MAX_HANDLERS) refuse("--n must be 1 to " + MAX_HANDLERS + ", not " + n);
        positive("--http-client-connect-timeout", httpConnectTimeout);
        positive("--http-client-request-timeout", httpRequestTimeout);
    }

    private static void checkUrl(String url) {
        try {
            String scheme = URI.create(url.replace("%s", "x")).getScheme();
            if ("http".equals(scheme) || "https".equals(scheme)) return;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a URL: " + e.getMessage(), e);
        }
        refuse("not an http or https URL: " + url);
    }

    private static void positive(String flag, Duration value) {
        if (value.isNegative() || value.isZero()) refuse(flag + " should be positive");
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException(why);
    }

    /** Where messages go. */
    List<String> urls() {
        return posts.isEmpty() ? gets : posts;
    }

    /** What {@code --header} says, without spaces around. */
    Map<String, String> headersByName() {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            String name = colon < 0 ? "" : header.substring(0, colon).trim();
            String value = header.substring(colon + 1).trim();
            if (name.isEmpty() || value.isEmpty()) {
                refuse("--header value format should be 'key: value', not '" + header + "'");
            }
            byName.put(name, value);
        }
        return byName;
    }
}
