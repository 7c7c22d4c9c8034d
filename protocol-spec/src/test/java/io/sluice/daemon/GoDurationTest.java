package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "300ms, 300000000",
        "1.5h, 5400000000000",
        "2m30s, 150000000000",
        "1h0m0.5s, 3600500000000",
        "7ns, 7",
        "7us, 7000",
        "7\u00b5s, 7000",
        "7\u03bcs, 7000",
        ".5s, 500000000",
        "1.s, 1000000000",
        "-2s, -2000000000",
        "+2s, 2000000000",
        "0, 0",
        "9223372036854775807ns, 9223372036854775807"
    })
    void itReadsWhatGoReads(String text, long ns) {
        assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofNanos(ns));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "60",
                "s",
                "1x",
                "1s2",
                "1 s",
                "--1s",
                ".s",
                "1e3s",
                "9223372036854775808ns"
            })
    void itRefusesTheRestAndSaysWhatIsAllowed(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a duration")
                .hasMessageContaining("300ms, 1.5h or 2m30s");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "831, 831ns",
        "17476, 17.476\u00b5s",
        "465945352, 465.945352ms",
        "25000000, 25ms",
        "1500000000, 1.5s",
        "60000000000, 1m0s",
        "3600500000000, 1h0m0.5s",
        "-2000000000, -2s"
    })
    void itPrintsAsGoPrints(long ns, String text) {
        assertThat(GoDuration.format(Duration.ofNanos(ns))).isEqualTo(text);
    }

    @Test
    void whatIsPrintedCanBeRead() {
        Duration odd = Duration.ofNanos(123_456_789_012_345L);
        assertThat(GoDuration.parse(GoDuration.format(odd))).isEqualTo(odd);
    }
}
