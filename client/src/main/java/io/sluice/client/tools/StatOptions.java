package io.sluice.client.tools;

import io.sluice.daemon.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of nsq_stat. */
final class StatOptions {
    @Option(names = "--topic", defaultValue = "", description = "topic of the channel")
    String topic;

    @Option(names = "--channel", defaultValue = "", description = "channel to look at")
    String channel;

    @Option(
            names = "--nsqd-http-address",
            paramLabel = "address",
            description = "nsqd HTTP address (may be given multiple times)")
    List<String> nsqdHttpAddresses = new ArrayList<>();

    @Option(
            names = "--lookupd-http-address",
            paramLabel = "address",
            description = "lookupd HTTP address (may be given multiple times)")
    List<String> lookupdHttpAddresses = new ArrayList<>();

    @Option(
            names = "--interval",
            defaultValue = "2s",
            converter = GoDuration.class,
            description = "time between two lines")
    Duration interval;

    @Option(names = "--count", paramLabel = "N", description = "lines to print before ending")
    Integer count;

    @Option(
            names = "--http-client-connect-timeout",
            defaultValue = "2s",
            converter = GoDuration.class,
            description = "longest wait for a connection")
    Duration httpConnectTimeout;

    @Option(
            names = "--http-client-request-timeout",
            defaultValue = "5s",
            converter = GoDuration.class,
            description = "longest wait for an answer")
    Duration httpRequestTimeout;

    @Option(names = "--version", description = "print the version and exit")
    boolean version;

    /** Throws IllegalArgumentException, naming the flag, for what does not go. */
    void validate() {
        if (topic.isEmpty() || channel.isEmpty()) refuse("--topic and --channel are required");
        positive("--interval", interval);
        positive("--http-client-connect-timeout", httpConnectTimeout);
        positive("--http-client-request-timeout", httpRequestTimeout);
        if (count != null && count <= 0) refuse("--count should be positive");
        boolean nsqd = !nsqdHttpAddresses.isEmpty();
        boolean lookupd = !lookupdHttpAddresses.isEmpty();
        if (!nsqd && !lookupd) refuse("--nsqd-http-address or --lookupd-http-address required");
        if (nsqd && lookupd) refuse("use --nsqd-http-address or --lookupd-http-address not both");
        noScheme("--nsqd-http-address", nsqdHttpAddresses);
        noScheme("--lookupd-http-address", lookupdHttpAddresses);
    }

    private static void positive(String flag, Duration value) {
        if (value.isNegative() || value.isZero()) refuse(flag + " should be positive");
    }

    private static void noScheme(String flag, List<String> addresses) {
        for (String address : addresses) {
            if (address.startsWith("http")) {
                refuse(flag + " error - address should not contain scheme");
            }
        }
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException(why);
    }
}
