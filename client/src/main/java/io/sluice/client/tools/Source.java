package io.sluice.client.tools;

import io.sluice.client.ConsumerListener;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.NsqException;
import io.sluice.client.NsqdAddress;
import io.sluice.client.ReceivedMessage;
import io.sluice.daemon.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Option;

/** Where messages come from: the flags that all tools share that consume. */
final class Source {
    private static final System.Logger LOG = System.getLogger(Source.class.getName());
    private static final int MAX_IN_FLIGHT = 1_000_000;

    /** How often lookup nodes are asked, unless {@code --consumer-opt} says. */
    String lookupInterval = "60s";

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

    @Option(
            names = "--consumer-opt",
            paramLabel = "key,value",
            converter = ClientOption.Converter.class,
            description = "option of the consumer (may be given multiple times)")
    List<ClientOption> consumerOpts = new ArrayList<>();

    @Option(
            names = "--max-in-flight",
            defaultValue = "200",
            description = "messages to ask for at a time")
    int maxInFlight;

    @Option(names = "--version", description = "print the version and exit")
    boolean version;

    /** Throws IllegalArgumentException, naming the flag, for what does not go. */
    void validate() {
        boolean nsqd = !nsqdTcpAddresses.isEmpty();
        boolean lookupd = !lookupdHttpAddresses.isEmpty();
        if (!nsqd && !lookupd) {
            throw new IllegalArgumentException(
                    "--nsqd-tcp-address or --lookupd-http-address required");
        }
        if (nsqd && lookupd) {
            throw new IllegalArgumentException(
                    "use --nsqd-tcp-address or --lookupd-http-address not both");
        }
        if (maxInFlight < 1 || maxInFlight > MAX_IN_FLIGHT) {
            throw new IllegalArgumentException(
                    "--max-in-flight must be 1 to " + MAX_IN_FLIGHT + ", not " + maxInFlight);
        }
    }

    /**
     * How the tool of this name consumes a topic.
     *
     * @param ended fails when a daemon that was named is not there
     */
    ConsumerOptions.Builder consumer(
            String tool, String topic, String channel, CompletableFuture<Void> ended) {
        ClientOptions options = new ClientOptions(consumerOpts);
        ConsumerOptions.Builder consumer = ConsumerOptions.builder(topic, channel);
        options.applyTo(consumer, lookupInterval);
        consumer.connection(options.connection(userAgent(tool)))
                .listener(new Listener(!nsqdTcpAddresses.isEmpty(), ended))
                .maxInFlight(maxInFlight);
        nsqdTcpAddresses.forEach(consumer::nsqd);
        lookupdHttpAddresses.forEach(consumer::lookupd);
        return consumer;
    }

    /** What daemons are told about a tool. */
    static String userAgent(String tool) {
        return tool + "/" + Version.FULL;
    }

    /** Tells of handlers that fail, and ends what a mistake in an address makes useless. */
    private static final class Listener implements ConsumerListener {
        private final boolean named;
        private final CompletableFuture<Void> ended;
        private final Set<NsqdAddress> seen = ConcurrentHashMap.newKeySet();

        Listener(boolean named, CompletableFuture<Void> ended) {
            this.named = named;
            this.ended = ended;
        }

        @Override
        public void connected(NsqdAddress nsqd) {
            seen.add(nsqd);
        }

        /** A daemon that was named but was never there is most likely a mistake. */
        @Override
        public void disconnected(NsqdAddress nsqd, NsqException why) {
            if (named && !seen.contains(nsqd)) ended.completeExceptionally(why);
        }

        @Override
        public void handlerFailed(ReceivedMessage message, Throwable why) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "requeued, attempt {0}: {1}",
                    message.attempts(),
                    Failure.words(why));
        }
    }
}
