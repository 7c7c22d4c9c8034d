package io.sluice.client;

import static java.net.InetSocketAddress.createUnresolved;
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
                .isThrownBy(() -> connection().heartbeatInterval(Duration.ofMillis(999)).build())
                .withMessage("heartbeatInterval PT0.999S is not within PT1S and PT1M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connection().writeTimeout(Duration.ofMillis(99)).build())
                .withMessage("writeTimeout PT0.099S is not within PT0.1S and PT5M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connection().readTimeout(Duration.ofSeconds(29)).build())
                .withMessage("readTimeout PT29S is shorter than heartbeatInterval PT30S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connection().localAddress(createUnresolved("no host", 0)).build())
                .withMessage("localAddress no host is not a known host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProducerOptions.builder().build())
                .withMessage("name a daemon in nsqds or a node in lookupds");
    }

    @Test
    void silenceIsAllowedForTwoHeartbeatsUnlessAnotherTimeIsSet() {
        Duration ten = Duration.ofSeconds(10);
        assertThat(connection().build().readTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(connection().heartbeatInterval(ten).build().readTimeout())
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(connection().heartbeatInterval(ten).readTimeout(ten).build().readTimeout())
                .isEqualTo(ten);
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

    private static ConnectionOptions.Builder connection() {
        return ConnectionOptions.builder();
    }

    private static ConsumerOptions.Builder consumer() {
        return ConsumerOptions.builder("t", "c").nsqd("h:1");
    }
}
