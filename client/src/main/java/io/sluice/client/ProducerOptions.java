package io.sluice.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a {@link Producer} works; {@link #builder} has the defaults.
 *
 * @param nsqds daemons to publish to. A connection goes to one of them, to the next when it fails
 * @param lookup nodes that know further daemons, and how they are asked
 * @param connection how to connect to daemons
 * @param connections how many connections share the publishes, each to the next daemon, up to
 *     1,000. With more than 1, messages do not arrive in the order of the calls; 1
 * @param listener told what happens; tells nobody
 * @param maxInFlightMessages most messages that wait for an answer; 10,000
 * @param maxInFlightBytes most bytes of message bodies that wait for an answer; 64 MiB
 * @param whenFull what {@code publish} does at these limits; WAIT
 * @param batching whether publishes to one topic that are waiting together go out as one MPUB;
 *     false. It adds no delay: what is waiting when the connection is free goes at once
 * @param maxMessageBytes longest message, as the daemon's {@code --max-msg-size}; 1 MiB
 * @param maxBodyBytes longest batch, as the daemon's {@code --max-body-size}; 5 MiB
 * @param maxResends how often a message is sent again whose connection was lost before the answer.
 *     More than 0 can deliver it twice; 0
 * @param reconnectDelay wait after all daemons failed, doubled each time; 100 ms
 * @param maxReconnectDelay longest such wait; 5 s
 * @param closeTimeout longest that {@link Producer#close} waits for answers; 10 s
 */
public record ProducerOptions(
        List<NsqdAddress> nsqds,
        LookupOptions lookup,
        ConnectionOptions connection,
        int connections,
        ProducerListener listener,
        int maxInFlightMessages,
        long maxInFlightBytes,
        WhenFull whenFull,
        boolean batching,
        int maxMessageBytes,
        int maxBodyBytes,
        int maxResends,
        Duration reconnectDelay,
        Duration maxReconnectDelay,
        Duration closeTimeout) {
    /** What {@code publish} does when as much is in flight as the limits allow. */
    public enum WhenFull {
        /** Blocks its caller until there is room. */
        WAIT,
        /** Fails at once with {@link InFlightLimitException}. */
        FAIL
    }

    /** Throws IllegalArgumentException for a value out of its range. */
    public ProducerOptions {
        nsqds = List.copyOf(nsqds);
        if (nsqds.isEmpty() && lookup.nodes().isEmpty()) {
            throw new IllegalArgumentException("name a daemon in nsqds or a node in lookupds");
        }
        Objects.requireNonNull(connection, "connection");
        Ranges.within("connections", connections, 1, 1_000);
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(whenFull, "whenFull");
        Ranges.within("maxInFlightMessages", maxInFlightMessages, 1, Integer.MAX_VALUE);
        Ranges.within("maxInFlightBytes", maxInFlightBytes, 1, Long.MAX_VALUE);
        Ranges.within("maxMessageBytes", maxMessageBytes, 1, Integer.MAX_VALUE);
        Ranges.within("maxBodyBytes", maxBodyBytes, 1, Integer.MAX_VALUE);
        Ranges.within("maxResends", maxResends, 0, Integer.MAX_VALUE);
        Ranges.within(
                "reconnectDelay", reconnectDelay, Duration.ofMillis(1), Duration.ofMinutes(5));
        Ranges.within("maxReconnectDelay", maxReconnectDelay, reconnectDelay, Duration.ofHours(1));
        Ranges.within("closeTimeout", closeTimeout, Duration.ZERO, Duration.ofHours(1));
    }

    /** Options that start from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; each setter is described at the record. */
    public static final class Builder {
        private final List<NsqdAddress> nsqds = new ArrayList<>();
        private final List<ProducerListener> listeners = new ArrayList<>();
        private LookupOptions lookup = LookupOptions.DEFAULT;
        private ConnectionOptions connection;
        private int connections = 1;
        private int maxInFlightMessages = 10_000;
        private long maxInFlightBytes = 64L * 1024 * 1024;
        private WhenFull whenFull = WhenFull.WAIT;
        private boolean batching;
        private int maxMessageBytes = 1_048_576;
        private int maxBodyBytes = 5_242_880;
        private int maxResends;
        private Duration reconnectDelay = Duration.ofMillis(100);
        private Duration maxReconnectDelay = Duration.ofSeconds(5);
        private Duration closeTimeout = Duration.ofSeconds(10);

        private Builder() {}

        /** Adds a daemon, as {@code host:port}. */
        public Builder nsqd(String hostAndPort) {
            nsqds.add(NsqdAddress.of(hostAndPort));
            return this;
        }

        /**
         * Adds a lookup node, as {@code host:port} or as a URL whose path, if it has one, replaces
         * {@code /nodes}.
         */
        public Builder lookupd(String address) {
            lookup = lookup.and(LookupNode.url(address, "/nodes"));
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

        /** See {@link ProducerOptions#connections}. */
        public Builder connections(int count) {
            connections = count;
            return this;
        }

        /** Adds a listener. */
        public Builder listener(ProducerListener told) {
            listeners.add(Objects.requireNonNull(told, "listener"));
            return this;
        }

        /** See {@link ProducerOptions#connection}. */
        public Builder connection(ConnectionOptions options) {
            connection = options;
            return this;
        }

        /** See {@link ProducerOptions#maxInFlightMessages}. */
        public Builder maxInFlightMessages(int messages) {
            maxInFlightMessages = messages;
            return this;
        }

        /** See {@link ProducerOptions#maxInFlightBytes}. */
        public Builder maxInFlightBytes(long bytes) {
            maxInFlightBytes = bytes;
            return this;
        }

        /** See {@link ProducerOptions#whenFull}. */
        public Builder whenFull(WhenFull what) {
            whenFull = what;
            return this;
        }

        /** See {@link ProducerOptions#batching}. */
        public Builder batching(boolean on) {
            batching = on;
            return this;
        }

        /** See {@link ProducerOptions#maxMessageBytes}. */
        public Builder maxMessageBytes(int bytes) {
            maxMessageBytes = bytes;
            return this;
        }

        /** See {@link ProducerOptions#maxBodyBytes}. */
        public Builder maxBodyBytes(int bytes) {
            maxBodyBytes = bytes;
            return this;
        }

        /** See {@link ProducerOptions#maxResends}. */
        public Builder maxResends(int times) {
            maxResends = times;
            return this;
        }

        /** See {@link ProducerOptions#reconnectDelay} and {@code maxReconnectDelay}. */
        public Builder reconnectDelay(Duration first, Duration max) {
            reconnectDelay = first;
            maxReconnectDelay = max;
            return this;
        }

        /** See {@link ProducerOptions#closeTimeout}. */
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = timeout;
            return this;
        }

        /** The options; IllegalArgumentException for a value out of its range. */
        public ProducerOptions build() {
            return new ProducerOptions(
                    nsqds,
                    lookup,
                    connection == null ? ConnectionOptions.builder().build() : connection,
                    connections,
                    new ProducerListeners(List.copyOf(listeners)),
                    maxInFlightMessages,
                    maxInFlightBytes,
                    whenFull,
                    batching,
                    maxMessageBytes,
                    maxBodyBytes,
                    maxResends,
                    reconnectDelay,
                    maxReconnectDelay,
                    closeTimeout);
        }
    }
}
