package io.sluice.client.tools;

import io.sluice.client.ConnectionOptions;
import io.sluice.client.ConsumerOptions;
import io.sluice.daemon.GoDuration;
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
        if (given.containsKey("client_id")) connection.clientId(given.get("client_id"));
        if (given.containsKey("hostname")) connection.hostname(given.get("hostname"));
        return connection.build();
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
                .sampleRatePercent(integer("sample_rate", 0));
    }

    private Duration duration(String key, String otherwise) {
        return GoDuration.parse(given.getOrDefault(key, otherwise));
    }

    private int integer(String key, int otherwise) {
        return given.containsKey(key) ? Integer.parseInt(given.get(key)) : otherwise;
    }
}
