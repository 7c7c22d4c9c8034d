package io.sluice.client.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.ConsumerOptions;
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
                "lookupd_poll_jitter,2; lookupd_poll_jitter is 0 to 1, not '2'",
                "local_addr,1.2.3.4:5; local_addr,1.2.3.4:5 is not supported yet: leave it at its"
                        + " default"
            })
    void whatDoesNotGoIsNamed(String text, String why) {
        assertThatThrownBy(() -> ClientOption.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read_timeout,60s", "max_in_flight,7", "user-agent,me"})
    void whatAsksForNothingElseIsAccepted(String text) {
        assertThat(ClientOption.parse(text).key()).doesNotContain("-");
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
                .contains("sampleRatePercent=7")
                .contains("clientId=me")
                .contains("userAgent=agent");
        assertThat(new ClientOptions(List.of()).connection("a").dialTimeout())
                .isEqualTo(Duration.ofSeconds(1));
    }
}
