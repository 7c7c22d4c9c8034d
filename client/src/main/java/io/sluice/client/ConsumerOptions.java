package io.sluice.client;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a {@link Consumer} works; {@link #builder} has the defaults.
 *
 * @param topic what to consume
 * @param channel as part of which group of consumers
 * @param nsqds daemons to connect to, always
 * @param lookupds the {@code /lookup} URLs of nodes that know further daemons
 * @param connection how to connect to daemons
 * @param listener told what happens; tells nobody
 * @param maxInFlight most messages that this consumer asks for before they are answered; 200
 * @param handlerThreads how many messages are handled at a time; 1
 * @param maxAttempts deliveries after which a message is given up, 0 for never; 5
 * @param msgTimeout when a daemon gives an unanswered message to somebody else; zero, the default,
 *     leaves it to the daemon
 * @param requeueDelay wait of a message that failed, times its attempts; 90 s
 * @param maxRequeueDelay longest such wait; 15 min
 * @param backoffMultiplier pause of all consuming after a failure, times 2 to the power of the
 *     level; 1 s
 * @param maxBackoff longest such pause, zero for no backoff at all; 2 min
 * @param backoffFullJitter whether a pause is drawn at random from zero to its length; false
 * @param lookupInterval how often all lookup nodes are asked; 60 s. Also the longest wait before
 *     connecting again to a lost daemon
 * @param lookupJitter up to which part of the interval the second question is put off, so that not
 *     all consumers ask at once, 0 to 1; 0.3
 * @param lookupTimeout longest wait for a lookup node to connect, and to answer; 5 s
 * @param turnInterval how often it is looked whether a connection's turn is over, when there are
 *     more of them than messages to take; 5 s
 * @param maxTurnIdle a turn without any message ends; 10 s
 * @param maxTurn any turn ends; 30 s
 * @param outputBufferBytes what the daemon collects before it sends, 0 as the daemon likes; 0
 * @param outputBufferTimeout longest that it collects; zero, the default, as the daemon likes
 * @param sampleRatePercent which part of the messages to get, the rest is thrown away; 0 for all
 * @param closeTimeout longest that {@link Consumer#close()} waits for handlers; 30 s
 */
public record ConsumerOptions(
        TopicName topic,
        ChannelName channel,
        List<NsqdAddress> nsqds,
        List<URI> lookupds,
        ConnectionOptions connection,
        ConsumerListener listener,
        int maxInFlight,
        int handlerThreads,
        int maxAttempts,
        Duration msgTimeout,
        Duration requeueDelay,
        Duration maxRequeueDelay,
        Duration backoffMultiplier,
        Duration maxBackoff,
        boolean backoffFullJitter,
        Duration lookupInterval,
        double lookupJitter,
        Duration lookupTimeout,
        Duration turnInterval,
        Duration maxTurnIdle,
        Duration maxTurn,
        int outputBufferBytes,
        Duration outputBufferTimeout,
        int sampleRatePercent,
        Duration closeTimeout) {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MILLI = Duration.ofMillis(1);

    /** Throws IllegalArgumentException for a value out of its range. */
    public ConsumerOptions {
        nsqds = List.copyOf(nsqds);
        lookupds = List.copyOf(lookupds);
        if (nsqds.isEmpty() && lookupds.isEmpty()) {
            throw new IllegalArgumentException("name a daemon in nsqds or a node in lookupds");
        }
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(listener, "listener");
        Ranges.within("maxInFlight", maxInFlight, 1, 1_000_000);
        Ranges.within("handlerThreads", handlerThreads, 1, 10_000);
        Ranges.within("maxAttempts", maxAttempts, 0, 65_535);
        Ranges.within("msgTimeout", msgTimeout, Duration.ZERO, HOUR.multipliedBy(24));
        Ranges.within("requeueDelay", requeueDelay, Duration.ZERO, HOUR);
        Ranges.within("maxRequeueDelay", maxRequeueDelay, Duration.ZERO, HOUR);
        Ranges.within("backoffMultiplier", backoffMultiplier, Duration.ZERO, HOUR);
        Ranges.within("maxBackoff", maxBackoff, Duration.ZERO, HOUR);
        Ranges.within("lookupInterval", lookupInterval, Duration.ofMillis(10), HOUR);
        if (!(lookupJitter >= 0 && lookupJitter <= 1)) {
            throw new IllegalArgumentException(
                    "lookupJitter " + lookupJitter + " is not within 0 and 1");
        }
        Ranges.within("lookupTimeout", lookupTimeout, MILLI, HOUR);
        Ranges.within("turnInterval", turnInterval, MILLI, HOUR);
        Ranges.within("maxTurnIdle", maxTurnIdle, MILLI, HOUR);
        Ranges.within("maxTurn", maxTurn, MILLI, HOUR);
        Ranges.within("outputBufferBytes", outputBufferBytes, -1, Integer.MAX_VALUE);
        Ranges.within("outputBufferTimeout", outputBufferTimeout, Duration.ZERO, HOUR);
        Ranges.within("sampleRatePercent", sampleRatePercent, 0, 99);
        Ranges.within("closeTimeout", closeTimeout, Duration.ZERO, HOUR);
    }

    /**
     * Options that start from the defaults.
     *
     * @throws IllegalArgumentException when a name is not valid
     */
    public static Builder builder(String topic, String channel) {
        return new Builder(new TopicName(topic), new ChannelName(channel));
    }

    /** Collects options; each setter is described at the record. */
    public static final class Builder {
        private final TopicName topic;
        private final ChannelName channel;
        private final List<NsqdAddress> nsqds = new ArrayList<>();
        private final List<URI> lookupds = new ArrayList<>();
        private ConnectionOptions connection;
        private ConsumerListener listener = new ConsumerListener() {};
        private int maxInFlight = 200;
        private int handlerThreads = 1;
        private int maxAttempts = 5;
        private Duration msgTimeout = Duration.ZERO;
        private Duration requeueDelay = Duration.ofSeconds(90);
        private Duration maxRequeueDelay = Duration.ofMinutes(15);
        private Duration backoffMultiplier = Duration.ofSeconds(1);
        private Duration maxBackoff = Duration.ofMinutes(2);
        private boolean backoffFullJitter;
        private Duration lookupInterval = Duration.ofSeconds(60);
        private double lookupJitter = 0.3;
        private Duration lookupTimeout = Duration.ofSeconds(5);
        private Duration turnInterval = Duration.ofSeconds(5);
        private Duration maxTurnIdle = Duration.ofSeconds(10);
        private Duration maxTurn = Duration.ofSeconds(30);
        private int outputBufferBytes;
        private Duration outputBufferTimeout = Duration.ZERO;
        private int sampleRatePercent;
        private Duration closeTimeout = Duration.ofSeconds(30);

        private Builder(TopicName topic, ChannelName channel) {
            this.topic = topic;
            this.channel = channel;
        }

        /** Adds a daemon, as {@code host:port}. */
        public Builder nsqd(String hostAndPort) {
            nsqds.add(NsqdAddress.of(hostAndPort));
            return this;
        }

        /**
         * Adds a lookup node, as {@code host:port} or as a URL whose path, if it has one, replaces
         * {@code /lookup}.
         */
        public Builder lookupd(String address) {
            lookupds.add(LookupNode.url(address));
            return this;
        }

        /** See {@link ConsumerOptions#connection}. */
        public Builder connection(ConnectionOptions options) {
            connection = options;
            return this;
        }

        /** See {@link ConsumerOptions#listener}. */
        public Builder listener(ConsumerListener told) {
            listener = told;
            return this;
        }

        /** See {@link ConsumerOptions#maxInFlight}. */
        public Builder maxInFlight(int messages) {
            maxInFlight = messages;
            return this;
        }

        /** See {@link ConsumerOptions#handlerThreads}. */
        public Builder handlerThreads(int threads) {
            handlerThreads = threads;
            return this;
        }

        /** See {@link ConsumerOptions#maxAttempts}. */
        public Builder maxAttempts(int attempts) {
            maxAttempts = attempts;
            return this;
        }

        /** See {@link ConsumerOptions#msgTimeout}. */
        public Builder msgTimeout(Duration timeout) {
            msgTimeout = timeout;
            return this;
        }

        /** See {@link ConsumerOptions#requeueDelay} and {@code maxRequeueDelay}. */
        public Builder requeueDelay(Duration perAttempt, Duration max) {
            requeueDelay = perAttempt;
            maxRequeueDelay = max;
            return this;
        }

        /** See {@link ConsumerOptions#backoffMultiplier} and {@code maxBackoff}. */
        public Builder backoff(Duration multiplier, Duration max) {
            backoffMultiplier = multiplier;
            maxBackoff = max;
            return this;
        }

        /** See {@link ConsumerOptions#backoffFullJitter}. */
        public Builder backoffFullJitter(boolean on) {
            backoffFullJitter = on;
            return this;
        }

        /** See {@link ConsumerOptions#lookupInterval} and {@code lookupJitter}. */
        public Builder lookupPoll(Duration interval, double jitter) {
            lookupInterval = interval;
            lookupJitter = jitter;
            return this;
        }

        /** See {@link ConsumerOptions#lookupTimeout}. */
        public Builder lookupTimeout(Duration timeout) {
            lookupTimeout = timeout;
            return this;
        }

        /** See {@link ConsumerOptions#turnInterval}, {@code maxTurnIdle} and {@code maxTurn}. */
        public Builder turns(Duration interval, Duration maxIdle, Duration max) {
            turnInterval = interval;
            maxTurnIdle = maxIdle;
            maxTurn = max;
            return this;
        }

        /** See {@link ConsumerOptions#outputBufferBytes} and {@code outputBufferTimeout}. */
        public Builder outputBuffer(int bytes, Duration timeout) {
            outputBufferBytes = bytes;
            outputBufferTimeout = timeout;
            return this;
        }

        /** See {@link ConsumerOptions#sampleRatePercent}. */
        public Builder sampleRatePercent(int percent) {
            sampleRatePercent = percent;
            return this;
        }

        /** See {@link ConsumerOptions#closeTimeout}. */
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = timeout;
            return this;
        }

        /** The options; IllegalArgumentException for a value out of its range. */
        public ConsumerOptions build() {
            ConnectionOptions connection =
                    this.connection == null ? ConnectionOptions.builder().build() : this.connection;
            return new ConsumerOptions(
                    topic,
                    channel,
                    nsqds,
                    lookupds,
                    connection,
                    listener,
                    maxInFlight,
                    handlerThreads,
                    maxAttempts,
                    msgTimeout,
                    requeueDelay,
                    maxRequeueDelay,
                    backoffMultiplier,
                    maxBackoff,
                    backoffFullJitter,
                    lookupInterval,
                    lookupJitter,
                    lookupTimeout,
                    turnInterval,
                    maxTurnIdle,
                    maxTurn,
                    outputBufferBytes,
                    outputBufferTimeout,
                    sampleRatePercent,
                    closeTimeout);
        }
    }
}
