package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void theDefaultsAreThoseOfNsqsOwnClients() {
        ConsumerOptions options = ConsumerOptions.builder("t", "c").lookupd("h:4161").build();
        assertThat(options.handling().maxAttempts()).isEqualTo(5);
        assertThat(options.handling().requeueDelay()).isEqualTo(Duration.ofSeconds(90));
        assertThat(options.lookup().interval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(options.connection().heartbeatInterval()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aValueOutOfRangeIsNamedWithWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> consumer().maxAttempts(65_536).build())
                .withMessage("maxAttempts 65536 is not within 0 and 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> consumer().lookupPoll(Duration.ofSeconds(1), Double.NaN).build())
                .withMessage("lookupJitter NaN is not within 0 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                ConnectionOptions.builder()
                                        .heartbeatInterval(Duration.ofMillis(999))
                                        .build())
                .withMessage("heartbeatInterval PT0.999S is not within PT1S and PT1M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProducerOptions.builder().build())
                .withMessage("name a daemon in nsqds or a node in lookupds");
    }

    @Test
    void aConsumerNeedsValidNamesAndSomewhereToGo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsumerOptions.builder("no topic", "c"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsumerOptions.builder("t", "#ephemeral"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsumerOptions.builder("t", "c").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:4150", "host.example:1", "[::1]:65535"})
    void anAddressReadsAsItIsWritten(String text) {
        assertThat(NsqdAddress.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", ":4150", "host:", "host:0", "host:65536", "host:x"})
    void otherAddressesAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> NsqdAddress.of(text));
    }

    private static ConsumerOptions.Builder consumer() {
        return ConsumerOptions.builder("t", "c").nsqd("h:1");
    }
}
