package io.sluice.client.tools;

import io.sluice.client.ConsumerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of nsq_tail. */
final class TailOptions {
    /** Shorter than the library's: somebody sits there and waits for a new topic to show up. */
    private static final String LOOKUP_INTERVAL = "5s";

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

    @Option(names = "--print-topic", description = "print the topic before each message")
    boolean printTopic;

    @Mixin Source source = new Source();

    /** Throws IllegalArgumentException, naming the flag, for what does not go. */
    void validate() {
        source.validate();
        if (topics.isEmpty()) throw new IllegalArgumentException("--topic required");
    }

    /** The channel that was asked for, or one that nobody else has. */
    String anyChannel() {
        if (!channel.isEmpty()) return channel;
        return "tail%06d#ephemeral".formatted(ThreadLocalRandom.current().nextInt(1_000_000));
    }

    /** How to consume one of the topics; see {@link Source#consumer}. */
    ConsumerOptions consumer(String topic, String channel, CompletableFuture<Void> ended) {
        source.lookupInterval = LOOKUP_INTERVAL;
        int most = n > 0 ? Math.min(n, source.maxInFlight) : source.maxInFlight;
        return source.consumer("nsq_tail", topic, channel, ended).maxInFlight(most).build();
    }
}
