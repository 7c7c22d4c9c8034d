package io.sluice.client.tools;

import io.sluice.protocol.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of to_nsq. */
final class ToNsqOptions {
    @Option(names = "--topic", defaultValue = "", description = "topic to publish to")
    String topic;

    @Option(
            names = "--nsqd-tcp-address",
            paramLabel = "address",
            description = "nsqd TCP address to publish to (may be given multiple times, for all)")
    List<String> nsqdTcpAddresses = new ArrayList<>();

    @Option(
            names = "--delimiter",
            defaultValue = "\n",
            description = "the byte between messages in the input")
    String delimiter;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "most messages per second; 0 for no limit")
    long rate;

    @Option(
            names = "--producer-opt",
            paramLabel = "key,value",
            converter = ClientOption.Converter.class,
            description = "option of the producers (may be given multiple times)")
    List<ClientOption> producerOpts = new ArrayList<>();

    /** Throws IllegalArgumentException, naming the flag, for what does not go. */
    void validate() {
        if (topic.isEmpty()) refuse("--topic required");
        if (!TopicName.isValid(topic)) refuse("--topic is invalid: " + topic);
        if (delimiter.getBytes(StandardCharsets.UTF_8).length != 1) {
            refuse("--delimiter must be a single byte");
        }
        if (nsqdTcpAddresses.isEmpty()) refuse("--nsqd-tcp-address required");
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException(why);
    }
}
