package io.sluice.client;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
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
 * @param lookup nodes that know further daemons, and how they are asked
 * @param connection how to connect to daemons
 * @param flow how many messages to take
 * @param delivery how daemons deliver them
 * @param handling how they are handled
 * @param listener told what happens; tells nobody
 * @param closeTimeout longest that {@link Consumer#close()} waits for handlers; 30 s
 */
public record ConsumerOptions(
        TopicName topic,
        ChannelName channel,
        List<NsqdAddress> nsqds,
        LookupOptions lookup,
        ConnectionOptions connection,
        FlowOptions flow,
        DeliveryOptions delivery,
        HandlingOptions handling,
        ConsumerListener listener,
        Duration closeTimeout) {
    /** Throws IllegalArgumentException for a value out of its range. */
    public ConsumerOptions {
        nsqds = List.copyOf(nsqds);
        if (nsqds.isEmpty() && lookup.nodes().isEmpty()) {
            throw new IllegalArgumentException("name a daemon in nsqds or a node in lookupds");
        }
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(listener, "listener");
        Ranges.within("closeTimeout", closeTimeout, Duration.ZERO, Duration.ofHours(1));
    }

    /** The same with one handler thread. */
    ConsumerOptions serial() {
        HandlingOptions serial =
                new HandlingOptions(
                        1,
                        handling.touchFor(),
                        handling.maxAttempts(),
                        handling.giveUp(),
                        handling.requeueDelay(),
                        handling.maxRequeueDelay());
        return new ConsumerOptions(
                topic,
                channel,
                nsqds,
                lookup,
                connection,
                flow,
                delivery,
                serial,
                listener,
                closeTimeout);
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
        private final List<ConsumerListener> listeners = new ArrayList<>();
        private LookupOptions lookup = LookupOptions.DEFAULT;
        private ConnectionOptions connection;
        private int maxInFlight = 200;
        private int handlerThreads = 1;
        private int maxAttempts = 5;
        private Duration msgTimeout = Duration.ZERO;
        private Duration requeueDelay = Duration.ofSeconds(90);
        private Duration maxRequeueDelay = Duration.ofMinutes(15);
        private Duration backoffMultiplier = Duration.ofSeconds(1);
        private Duration maxBackoff = Duration.ofMinutes(2);
        private boolean backoffFullJitter;
        private Duration touchFor = Duration.ZERO;
        private GiveUp giveUp = GiveUp.DISCARD;
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
            lookup = lookup.and(LookupNode.url(address, "/lookup"));
            return this;
        }

        /** See {@link ConsumerOptions#connection}. */
        public Builder connection(ConnectionOptions options) {
            connection = options;
            return this;
        }

        /** Adds a listener. */
        public Builder listener(ConsumerListener told) {
            listeners.add(Objects.requireNonNull(told, "listener"));
            return this;
        }

        /** See {@link FlowOptions#maxInFlight}. */
        public Builder maxInFlight(int messages) {
            maxInFlight = messages;
            return this;
        }

        /** See {@link HandlingOptions#threads}. */
        public Builder handlerThreads(int threads) {
            handlerThreads = threads;
            return this;
        }

        /** Handles all messages in flight at a time; see {@link HandlingOptions#threads}. */
        public Builder threadPerMessage() {
            return handlerThreads(0);
        }

        /** See {@link HandlingOptions#touchFor}. */
        public Builder touchFor(Duration time) {
            touchFor = time;
            return this;
        }

        /** See {@link HandlingOptions#giveUp}. */
        public Builder giveUp(GiveUp how) {
            giveUp = how;
            return this;
        }

        /** See {@link HandlingOptions#maxAttempts}. */
        public Builder maxAttempts(int attempts) {
            maxAttempts = attempts;
            return this;
        }

        /** See {@link DeliveryOptions#msgTimeout}. */
        public Builder msgTimeout(Duration timeout) {
            msgTimeout = timeout;
            return this;
        }

        /** See {@link HandlingOptions#requeueDelay} and {@code maxRequeueDelay}. */
        public Builder requeueDelay(Duration perAttempt, Duration max) {
            requeueDelay = perAttempt;
            maxRequeueDelay = max;
            return this;
        }

        /** See {@link FlowOptions#backoffMultiplier} and {@code maxBackoff}. */
        public Builder backoff(Duration multiplier, Duration max) {
            backoffMultiplier = multiplier;
            maxBackoff = max;
            return this;
        }

        /** See {@link FlowOptions#backoffFullJitter}. */
        public Builder backoffFullJitter(boolean on) {
            backoffFullJitter = on;
            return this;
        }

        /** See {@link LookupOptions#interval} and {@code jitter}. */
        public Builder lookupPoll(Duration interval, double jitter) {
            lookup = lookup.poll(interval, jitter);
            return this;
        }

        /** See {@link LookupOptions#timeout}. */
        public Builder lookupTimeout(Duration timeout) {
            lookup = lookup.timeout(timeout);
            return this;
        }

        /** See {@link LookupOptions#authorization}. */
        public Builder lookupAuthorization(boolean on) {
            lookup = lookup.authorization(on);
            return this;
        }

        /** See {@link FlowOptions#turnInterval}, {@code maxTurnIdle} and {@code maxTurn}. */
        public Builder turns(Duration interval, Duration maxIdle, Duration max) {
            turnInterval = interval;
            maxTurnIdle = maxIdle;
            maxTurn = max;
            return this;
        }

        /** See {@link DeliveryOptions#outputBufferBytes} and {@code outputBufferTimeout}. */
        public Builder outputBuffer(int bytes, Duration timeout) {
            outputBufferBytes = bytes;
            outputBufferTimeout = timeout;
            return this;
        }

        /** See {@link DeliveryOptions#sampleRatePercent}. */
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
                    lookup,
                    connection,
                    new FlowOptions(
                            maxInFlight,
                            backoffMultiplier,
                            maxBackoff,
                            backoffFullJitter,
                            turnInterval,
                            maxTurnIdle,
                            maxTurn),
                    new DeliveryOptions(
                            msgTimeout, outputBufferBytes, outputBufferTimeout, sampleRatePercent),
                    new HandlingOptions(
                            handlerThreads,
                            touchFor,
                            maxAttempts,
                            giveUp,
                            requeueDelay,
                            maxRequeueDelay),
                    new ConsumerListeners(List.copyOf(listeners)),
                    closeTimeout);
        }
    }
}
