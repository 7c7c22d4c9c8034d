package io.sluice.client.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.Compression;
import io.sluice.client.ConnectionOptions;
import io.sluice.client.ConsumerOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOptionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nope,1; there is no option 'nope'",
                "msg-timeout,5; msg_timeout is 0 to 24h, not '5'",
                "max_attempts,70000; max_attempts is 0 to 65535, not '70000'",
                "max_attempts,1.5; max_attempts is 0 to 65535, not '1.5'",
                "backoff_strategy,none; backoff_strategy is exponential or full_jitter, not 'none'",
                "tls_min_version,ssl3.0; tls_min_version is tls1.0, tls1.1, tls1.2 or tls1.3,"
                        + " not 'ssl3.0'",
                "lookupd_poll_jitter,2; lookupd_poll_jitter is 0 to 1, not '2'",
                "snappy,yes; snappy is true, false, t, f, 1 or 0, not 'yes'",
                "read_timeout,6m; read_timeout is 100ms to 5m, not '6m'",
                "write_timeout,99ms; write_timeout is 100ms to 5m, not '99ms'",
                "local_addr,h:x; local_addr is host, host:port or :port, not 'h:x'",
                "local_addr,::1; local_addr is host, host:port or :port, not '::1'"
            })
    void whatDoesNotGoIsNamed(String text, String why) {
        assertThatThrownBy(() -> ClientOption.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read_timeout,60s", "local_addr,", "max_in_flight,7", "user-agent,me"})
    void whatAsksForNothingElseIsAccepted(String text) {
        assertThat(ClientOption.parse(text).key()).doesNotContain("-");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "T, true", "True, true", "0, false", "f, false", "FALSE, false"})
    void yesAndNoAreSpelledAsInGo(String given, String word) {
        assertThat(ClientOption.parse("snappy," + given).value()).isEqualTo(word);
    }

    @Test
    void compressionTlsAndSecretsGoToTheLibrary() {
        ConnectionOptions options =
                connection("snappy", "tls_v1", "tls-min-version,tls1.2", "auth_secret,s");
        assertThat(options.compression()).isEqualTo(Compression.SNAPPY);
        assertThat(options.tls().isRequired()).isTrue();
        assertThat(options.authSecret()).isEqualTo("s");
        assertThat(connection("deflate").compression()).isEqualTo(Compression.DEFLATE);
        assertThat(connection().tls()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.2, 127.0.0.2, 0",
        "127.0.0.2:5000, 127.0.0.2, 5000",
        "[::1]:5000, 0:0:0:0:0:0:0:1, 5000",
        "[::1], 0:0:0:0:0:0:0:1, 0",
        ":5000, 0.0.0.0, 5000"
    })
    void connectionsComeFromTheLocalAddress(String given, String host, int port) {
        InetSocketAddress local = connection("local_addr," + given).localAddress();
        assertThat(local.getAddress().getHostAddress()).isEqualTo(host);
        assertThat(local.getPort()).isEqualTo(port);
    }

    @Test
    void timeoutsGoToTheLibraryWhichKeepsItsOwnOtherwise() {
        ConnectionOptions given = connection("read_timeout,45s", "write_timeout,1s");
        assertThat(given.readTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(given.writeTimeout()).isEqualTo(Duration.ofSeconds(1));
        ConnectionOptions unset = ConnectionOptions.builder().build();
        assertThat(connection().readTimeout()).isEqualTo(unset.readTimeout());
        assertThat(connection().writeTimeout()).isEqualTo(unset.writeTimeout());
        assertThat(connection().localAddress()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "snappy deflate; snappy and deflate exclude each other",
                "read_timeout,10s; readTimeout PT10S is shorter than heartbeatInterval PT30S",
                "tls_v1 tls_cert,/none; tls_cert and tls_key go together",
                "tls_v1 tls_root_ca_file,/none; the files of TLS"
            })
    void whatDoesNotGoTogetherIsNamed(String options, String why) {
        assertThatThrownBy(() -> connection(options.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static ConnectionOptions connection(String... options) {
        List<ClientOption> given = Stream.of(options).map(ClientOption::parse).toList();
        return new ClientOptions(given).connection("agent");
    }

    @Test
    void optionsGoToTheLibraryUnderItsNames() {
        List<ClientOption> given =
                Stream.of(
                                "max_attempts,9",
                                "msg-timeout,2m",
                                "default_requeue_delay,1s",
                                "backoff_strategy,full_jitter",
                                "lookupd_poll_interval,10s",
                                "sample_rate,7",
                                "client_id,me",
                                "max_attempts,10")
                        .map(ClientOption::parse)
                        .toList();
        ClientOptions options = new ClientOptions(given);
        ConsumerOptions.Builder builder = ConsumerOptions.builder("t", "c").nsqd("h:1");
        options.applyTo(builder, "60s");
        ConsumerOptions consumer = builder.connection(options.connection("agent")).build();
        assertThat(consumer.toString())
                .contains("maxAttempts=10")
                .contains("msgTimeout=PT2M")
                .contains("requeueDelay=PT1S")
                .contains("maxRequeueDelay=PT15M")
                .contains("ackoffFullJitter=true")
                .contains("PT10S")
                .contains("sampleRatePercent=7");
        assertThat(consumer.connection().clientId()).isEqualTo("me");
        assertThat(consumer.connection().userAgent()).isEqualTo("agent");
        assertThat(new ClientOptions(List.of()).connection("a").dialTimeout())
                .isEqualTo(Duration.ofSeconds(1));
    }
}
