package io.sluice.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;

/**
 * How a client connects to a daemon and introduces itself; {@link #builder} has the defaults.
 *
 * @param dialTimeout longest wait for a TCP connection; 1 s
 * @param heartbeatInterval how often the daemon asks for a sign of life, 1 s to 60 s; 30 s. A
 *     connection on which nothing comes for twice as long is lost
 * @param clientId shown by the daemon; the short host name
 * @param hostname shown by the daemon; the host name
 * @param userAgent shown by the daemon; {@code sluice-client/<version>}
 * @param maxFrameBytes longest frame that is taken from a daemon; 64 MiB
 */
public record ConnectionOptions(
        Duration dialTimeout,
        Duration heartbeatInterval,
        String clientId,
        String hostname,
        String userAgent,
        int maxFrameBytes) {
    private static final int MAX_FRAME_BYTES = 512 * 1024 * 1024;

    /** Throws IllegalArgumentException for a value out of its range. */
    public ConnectionOptions {
        Ranges.within("dialTimeout", dialTimeout, Duration.ofMillis(1), Duration.ofMinutes(5));
        Ranges.within(
                "heartbeatInterval",
                heartbeatInterval,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60));
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(hostname, "hostname");
        Objects.requireNonNull(userAgent, "userAgent");
        Ranges.within("maxFrameBytes", maxFrameBytes, 1024, MAX_FRAME_BYTES);
    }

    /** Options that start from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Longest silence of the daemon, and longest wait for an answer, in milliseconds. */
    int silenceMs() {
        return Math.toIntExact(2 * heartbeatInterval.toMillis());
    }

    /** Collects options; each setter is described at the record. */
    public static final class Builder {
        private Duration dialTimeout = Duration.ofSeconds(1);
        private Duration heartbeatInterval = Duration.ofSeconds(30);
        private String hostname = localHostname();
        private String clientId = hostname.split("\\.", 2)[0];
        private String userAgent = "sluice-client/" + version();
        private int maxFrameBytes = 64 * 1024 * 1024;

        private Builder() {}

        /** See {@link ConnectionOptions#dialTimeout}. */
        public Builder dialTimeout(Duration timeout) {
            dialTimeout = timeout;
            return this;
        }

        /** See {@link ConnectionOptions#heartbeatInterval}. */
        public Builder heartbeatInterval(Duration interval) {
            heartbeatInterval = interval;
            return this;
        }

        /** See {@link ConnectionOptions#clientId}. */
        public Builder clientId(String id) {
            clientId = id;
            return this;
        }

        /** See {@link ConnectionOptions#hostname}. */
        public Builder hostname(String name) {
            hostname = name;
            return this;
        }

        /** See {@link ConnectionOptions#userAgent}. */
        public Builder userAgent(String agent) {
            userAgent = agent;
            return this;
        }

        /** See {@link ConnectionOptions#maxFrameBytes}. */
        public Builder maxFrameBytes(int bytes) {
            maxFrameBytes = bytes;
            return this;
        }

        /** The options; IllegalArgumentException for a value out of its range. */
        public ConnectionOptions build() {
            return new ConnectionOptions(
                    dialTimeout, heartbeatInterval, clientId, hostname, userAgent, maxFrameBytes);
        }

        private static String localHostname() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }

        private static String version() {
            String version = ConnectionOptions.class.getPackage().getImplementationVersion();
            return version == null ? "unknown" : version;
        }
    }
}
