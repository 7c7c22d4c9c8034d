package io.sluice.client.tools;

import io.sluice.client.ConnectionOptions;
import io.sluice.client.ConsumerListener;
import io.sluice.client.ConsumerOptions;
import io.sluice.daemon.NotYet;
import io.sluice.daemon.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** The flags of nsq_tail. */
final class TailOptions {
    private static final int MAX_IN_FLIGHT = 1_000_000;

    /** Shorter than the library's: somebody sits there and waits for a new topic to show up. */
    private static final Duration LOOKUP_INTERVAL = Duration.ofSeconds(5);

    private static final double LOOKUP_JITTER = 0.3;

    @Option(
            names = "--topic",
            paramLabel = "name",
            description = "topic to print (may be given multiple times)")
    List<String> topics = new ArrayList<>();

    @Option(
            names = "--channel",
            defaultValue = "",
            paramLabel = "name",
            description = "channel to consume as (default is a new one that is gone afterwards)")
    String channel;

    @Option(
            names = "--n",
            defaultValue = "0",
            description = "messages of a topic to print before ending; 0 for no end")
    int n;

    @Option(
            names = "--max-in-flight",
            defaultValue = "200",
            description = "messages to ask for at a time")
    int maxInFlight;

    @Option(names = "--print-topic", description = "print the topic before each message")
    boolean printTopic;

    @Option(
            names = "--nsqd-tcp-address",
            paramLabel = "address",
            description = "nsqd TCP address (may be given multiple times)")
    List<String> nsqdTcpAddresses = new ArrayList<>();

    @Option(
            names = "--lookupd-http-address",
            paramLabel = "address",
            description = "lookupd HTTP address (may be given multiple times)")
    List<String> lookupdHttpAddresses = new ArrayList<>();

    @NotYet
    @Option(
            names = "--consumer-opt",
            paramLabel = "key,value",
            description = "option of the consumer (may be given multiple times)")
    List<String> consumerOpts = new ArrayList<>();

    @Option(names = "--version", description = "print the version and exit")
    boolean version;

    /** Throws IllegalArgumentException, naming the flag, for what does not go. */
    void validate() {
        boolean nsqd = !nsqdTcpAddresses.isEmpty();
        boolean lookupd = !lookupdHttpAddresses.isEmpty();
        if (!nsqd && !lookupd) refuse("--nsqd-tcp-address or --lookupd-http-address required");
        if (nsqd && lookupd) refuse("use --nsqd-tcp-address or --lookupd-http-address not both");
        if (topics.isEmpty()) refuse("--topic required");
        if (maxInFlight < 1 || maxInFlight > MAX_IN_FLIGHT) {
            refuse("--max-in-flight must be 1 to " + MAX_IN_FLIGHT + ", not " + maxInFlight);
        }
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException(why);
    }

    /** The channel that was asked for, or one that nobody else has. */
    String anyChannel() {
        if (!channel.isEmpty()) return channel;
        return "tail%06d#ephemeral".formatted(ThreadLocalRandom.current().nextInt(1_000_000));
    }

    /** How to consume one of the topics. */
    ConsumerOptions consumer(String topic, String channel, ConsumerListener listener) {
        String userAgent = "nsq_tail/" + Version.FULL;
        ConsumerOptions.Builder consumer =
                ConsumerOptions.builder(topic, channel)
                        .connection(ConnectionOptions.builder().userAgent(userAgent).build())
                        .listener(listener)
                        .lookupPoll(LOOKUP_INTERVAL, LOOKUP_JITTER)
                        .maxInFlight(n > 0 ? Math.min(n, maxInFlight) : maxInFlight);
        nsqdTcpAddresses.forEach(consumer::nsqd);
        lookupdHttpAddresses.forEach(consumer::lookupd);
        return consumer.build();
    }
}
