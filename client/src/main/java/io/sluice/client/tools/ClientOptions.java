package io.sluice.client.tools;

import io.sluice.client.Compression;
import io.sluice.client.ConnectionOptions;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Tls;
import io.sluice.daemon.GoDuration;
import io.sluice.daemon.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was given as {@code --consumer-opt} or {@code --producer-opt}, in this library's terms. */
final class ClientOptions {
    private final Map<String, String> given = new HashMap<>();

    /** Of several for a key the last one counts. */
    ClientOptions(List<ClientOption> options) {
        options.forEach(option -> given.put(option.key(), option.value()));
    }

    /** How to connect, for a client that says it is this. */
    ConnectionOptions connection(String userAgent) {
        ConnectionOptions.Builder connection = ConnectionOptions.builder().userAgent(userAgent);
        connection.dialTimeout(duration("dial_timeout", "1s"));
        connection.heartbeatInterval(duration("heartbeat_interval", "30s"));
        // Beside these the library is more patient than NSQ's.
        if (given.containsKey("read_timeout")) {
            connection.readTimeout(duration("read_timeout", ""));
        }
        if (given.containsKey("write_timeout")) {
            connection.writeTimeout(duration("write_timeout", ""));
        }
        if (given.containsKey("local_addr")) connection.localAddress(localAddress());
        if (given.containsKey("client_id")) connection.clientId(given.get("client_id"));
        if (given.containsKey("hostname")) connection.hostname(given.get("hostname"));
        if (is("tls_v1")) connection.tls(tls());
        connection.compression(compression()).deflateLevel(integer("deflate_level", 6));
        return connection.authSecret(given.getOrDefault("auth_secret", "")).build();
    }

    private InetSocketAddress localAddress() {
        HostAndPort local = ClientOption.address(given.get("local_addr"));
        if (local.host().isEmpty()) return new InetSocketAddress(local.port());
        return new InetSocketAddress(local.host(), local.port());
    }

    /** Where NSQ's tools go on in the clear with a daemon that has no TLS, these do not. */
    private Tls tls() {
        Tls.Builder tls = Tls.builder();
        if (given.containsKey("tls_root_ca_file")) tls.trust(path("tls_root_ca_file"));
        if (given.containsKey("tls_cert") != given.containsKey("tls_key")) {
            throw new IllegalArgumentException("tls_cert and tls_key go together");
        }
        if (given.containsKey("tls_cert")) tls.identity(path("tls_cert"), path("tls_key"));
        if (is("tls_insecure_skip_verify")) tls.insecure();
        if (given.containsKey("tls_min_version")) tls.protocols(protocols());
        try {
            return tls.build();
        } catch (IOException e) {
            throw new IllegalArgumentException("the files of TLS: " + e.getMessage(), e);
        }
    }

    /** By Java's names: from the oldest that is allowed on. */
    private String[] protocols() {
        List<String> versions = ClientOption.TLS_VERSIONS;
        int oldest = versions.indexOf(given.get("tls_min_version"));
        return versions.subList(oldest, versions.size()).stream()
                .map(version -> version.replace("tls", "TLSv").replace("1.0", "1"))
                .toArray(String[]::new);
    }

    private Compression compression() {
        if (is("snappy") && is("deflate")) {
            throw new IllegalArgumentException("snappy and deflate exclude each other");
        }
        if (is("snappy")) return Compression.SNAPPY;
        return is("deflate") ? Compression.DEFLATE : Compression.NONE;
    }

    private boolean is(String key) {
        return "true".equals(given.get(key));
    }

    private Path path(String key) {
        return Path.of(given.get(key));
    }

    /** Sets all but the addresses, the connection and the messages in flight. */
    void applyTo(ConsumerOptions.Builder consumer, String lookupInterval) {
        consumer.maxAttempts(integer("max_attempts", 5))
                .msgTimeout(duration("msg_timeout", "0"))
                .requeueDelay(
                        duration("default_requeue_delay", "90s"),
                        duration("max_requeue_delay", "15m"))
                .backoff(
                        duration("backoff_multiplier", "1s"),
                        duration("max_backoff_duration", "2m"))
                .backoffFullJitter("full_jitter".equals(given.get("backoff_strategy")))
                .lookupPoll(
                        duration("lookupd_poll_interval", lookupInterval),
                        Double.parseDouble(given.getOrDefault("lookupd_poll_jitter", "0.3")))
                .lookupTimeout(duration("lookupd_poll_timeout", "1m"))
                .turns(
                        duration("rdy_redistribute_interval", "5s"),
                        duration("low_rdy_idle_timeout", "10s"),
                        duration("low_rdy_timeout", "30s"))
                .outputBuffer(
                        integer("output_buffer_size", 16_384),
                        duration("output_buffer_timeout", "250ms"))
                .sampleRatePercent(integer("sample_rate", 0))
                // NSQ's name for it says the opposite of what it does.
                .lookupAuthorization(!"false".equals(given.get("skip_lookupd_authorization")));
    }

    private Duration duration(String key, String otherwise) {
        return GoDuration.parse(given.getOrDefault(key, otherwise));
    }

    private int integer(String key, int otherwise) {
        return given.containsKey(key) ? Integer.parseInt(given.get(key)) : otherwise;
    }
}
