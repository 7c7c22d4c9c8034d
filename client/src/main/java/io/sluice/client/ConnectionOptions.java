package io.sluice.client;

import io.sluice.protocol.stream.SnappyPacker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a client connects to a daemon and introduces itself; {@link #builder} has the defaults.
 *
 * @param dialTimeout longest wait for a TCP connection; 1 s
 * @param readTimeout a connection on which nothing comes for so long is lost, and so is one whose
 *     daemon lets a publish wait so long for its answer; from heartbeatInterval to 5 min; twice the
 *     heartbeatInterval
 * @param writeTimeout a connection that takes no more of what is written for so long is lost, 100
 *     ms to 5 min; 1 min. NSQ's own client has 1 s, but a daemon may well pause for longer
 * @param localAddress where connections to daemons come from; a port of 0 is chosen by the system;
 *     null, the default, for an address that the system chooses too
 * @param heartbeatInterval how often the daemon asks for a sign of life, 1 s to 60 s; 30 s
 * @param clientId shown by the daemon; the short host name
 * @param hostname shown by the daemon; the host name
 * @param userAgent shown by the daemon; {@code sluice-client/<version>}
 * @param maxFrameBytes longest frame that is taken from a daemon; 64 MiB
 * @param tls how the connection is encrypted; null, the default, for not at all
 * @param compression asked of the daemon, and done without when it refuses; NONE
 * @param deflateLevel effort of DEFLATE, 1 to 9; 6
 * @param authSecret sent to daemons that want one; empty for none
 */
public record ConnectionOptions(
        Duration dialTimeout,
        Duration readTimeout,
        Duration writeTimeout,
        InetSocketAddress localAddress,
        Duration heartbeatInterval,
        String clientId,
        String hostname,
        String userAgent,
        int maxFrameBytes,
        Tls tls,
        Compression compression,
        int deflateLevel,
        String authSecret) {
    private static final int MAX_FRAME_BYTES = 512 * 1024 * 1024;
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);

    /** Throws IllegalArgumentException for a value out of its range. */
    public ConnectionOptions {
        Ranges.within("dialTimeout", dialTimeout, Duration.ofMillis(1), MAX_TIMEOUT);
        Ranges.within("readTimeout", readTimeout, MIN_TIMEOUT, MAX_TIMEOUT);
        Ranges.within("writeTimeout", writeTimeout, MIN_TIMEOUT, MAX_TIMEOUT);
        Ranges.within(
                "heartbeatInterval",
                heartbeatInterval,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60));
        if (readTimeout.compareTo(heartbeatInterval) < 0) {
            throw new IllegalArgumentException(
                    "readTimeout "
                            + readTimeout
                            + " is shorter than heartbeatInterval "
                            + heartbeatInterval);
        }
        if (localAddress != null && localAddress.isUnresolved()) {
            throw new IllegalArgumentException(
                    "localAddress " + localAddress.getHostString() + " is not a known host");
        }
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(hostname, "hostname");
        Objects.requireNonNull(userAgent, "userAgent");
        Ranges.within("maxFrameBytes", maxFrameBytes, 1024, MAX_FRAME_BYTES);
        Objects.requireNonNull(compression, "compression");
        Ranges.within("deflateLevel", deflateLevel, 1, 9);
        Objects.requireNonNull(authSecret, "authSecret");
        if (compression == Compression.SNAPPY) requireSnappy();
    }

    private static void requireSnappy() {
        try {
            new SnappyPacker().close();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "Compression.SNAPPY needs io.airlift:aircompressor, which is missing", e);
        }
    }

    /** Options that start from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** What IDENTIFY says of this. */
    Map<String, Object> wishes() {
        Map<String, Object> wishes = new LinkedHashMap<>();
        wishes.put("client_id", clientId);
        wishes.put("hostname", hostname);
        wishes.put("user_agent", userAgent);
        wishes.put("feature_negotiation", true);
        wishes.put("heartbeat_interval", heartbeatInterval.toMillis());
        if (tls != null) wishes.put("tls_v1", true);
        if (compression == Compression.SNAPPY) wishes.put("snappy", true);
        if (compression == Compression.DEFLATE) {
            wishes.put("deflate", true);
            wishes.put("deflate_level", deflateLevel);
        }
        return wishes;
    }

    /** Everything but the secret. */
    @Override
    public String toString() {
        return "ConnectionOptions" + wishes();
    }

    /** Collects options; each setter is described at the record. */
    public static final class Builder {
        private Duration dialTimeout = Duration.ofSeconds(1);
        private Duration readTimeout;
        private Duration writeTimeout = Duration.ofMinutes(1);
        private InetSocketAddress localAddress;
        private Duration heartbeatInterval = Duration.ofSeconds(30);
        private String hostname = localHostname();
        private String clientId = hostname.split("\\.", 2)[0];
        private String userAgent = "sluice-client/" + version();
        private int maxFrameBytes = 64 * 1024 * 1024;
        private Tls tls;
        private Compression compression = Compression.NONE;
        private int deflateLevel = 6;
        private String authSecret = "";

        private Builder() {}

        /** See {@link ConnectionOptions#dialTimeout}. */
        public Builder dialTimeout(Duration timeout) {
            dialTimeout = timeout;
            return this;
        }

        /** See {@link ConnectionOptions#readTimeout}. */
        public Builder readTimeout(Duration timeout) {
            readTimeout = timeout;
            return this;
        }

        /** See {@link ConnectionOptions#writeTimeout}. */
        public Builder writeTimeout(Duration timeout) {
            writeTimeout = timeout;
            return this;
        }

        /** See {@link ConnectionOptions#localAddress}. */
        public Builder localAddress(InetSocketAddress address) {
            localAddress = address;
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

        /** See {@link ConnectionOptions#tls}. */
        public Builder tls(Tls how) {
            tls = how;
            return this;
        }

        /** See {@link ConnectionOptions#compression}. */
        public Builder compression(Compression how) {
            compression = how;
            return this;
        }

        /** See {@link ConnectionOptions#deflateLevel}. */
        public Builder deflateLevel(int level) {
            deflateLevel = level;
            return this;
        }

        /** See {@link ConnectionOptions#authSecret}. */
        public Builder authSecret(String secret) {
            authSecret = secret;
            return this;
        }

        /** The options; IllegalArgumentException for a value out of its range. */
        public ConnectionOptions build() {
            return new ConnectionOptions(
                    dialTimeout,
                    readTimeout == null ? heartbeatInterval.multipliedBy(2) : readTimeout,
                    writeTimeout,
                    localAddress,
                    heartbeatInterval,
                    clientId,
                    hostname,
                    userAgent,
                    maxFrameBytes,
                    tls,
                    compression,
                    deflateLevel,
                    authSecret);
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
