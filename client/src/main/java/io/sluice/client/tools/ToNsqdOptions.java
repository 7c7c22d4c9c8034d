package io.sluice.client.tools;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of nsq_to_nsq. */
final class ToNsqdOptions {
    @Option(
            names = "--topic",
            paramLabel = "name",
            description = "topic to publish elsewhere (may be given multiple times)")
    List<String> topics = new ArrayList<>();

    @Option(names = "--channel", defaultValue = "nsq_to_nsq", description = "channel to consume as")
    String channel;

    @Option(
            names = "--destination-topic",
            defaultValue = "",
            description = "topic to publish to (default is the same)")
    String destinationTopic;

    @Option(
            names = "--destination-nsqd-tcp-address",
            paramLabel = "address",
            description = "nsqd TCP address to publish to (may be given multiple times)")
    List<String> destinations = new ArrayList<>();

    @Option(
            names = "--mode",
            defaultValue = "hostpool",
            description = "how destinations take turns: hostpool, round-robin, epsilon-greedy")
    String mode;

    @Option(
            names = "--require-json-field",
            defaultValue = "",
            description = "publish only JSON objects that have this field")
    String requireField;

    @Option(
            names = "--require-json-value",
            defaultValue = "",
            description = "publish only those in which the required field has this value")
    String requireValue;

    @Option(
            names = "--whitelist-json-field",
            paramLabel = "name",
            description = "publish this field, and no others (may be given multiple times)")
    List<String> whitelist = new ArrayList<>();

    @Option(
            names = "--status-every",
            defaultValue = "250",
            description = "messages between two log lines of how long they took; 0 for none")
    int statusEvery;

    @Option(
            names = "--producer-opt",
            paramLabel = "key,value",
            converter = ClientOption.Converter.class,
            description = "option of the producers (may be given multiple times)")
    List<ClientOption> producerOpts = new ArrayList<>();

    @Mixin Source source = new Source();

    /** Throws IllegalArgumentException, naming the flag, for what does not go. */
    void validate() {
        if (topics.isEmpty() || channel.isEmpty()) refuse("--topic and --channel are required");
        for (String topic : topics) {
            if (!TopicName.isValid(topic)) refuse("--topic is invalid: " + topic);
        }
        if (!destinationTopic.isEmpty() && !TopicName.isValid(destinationTopic)) {
            refuse("--destination-topic is invalid: " + destinationTopic);
        }
        if (!ChannelName.isValid(channel)) refuse("--channel is invalid: " + channel);
        source.validate();
        if (destinations.isEmpty()) refuse("--destination-nsqd-tcp-address required");
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException(why);
    }
}
