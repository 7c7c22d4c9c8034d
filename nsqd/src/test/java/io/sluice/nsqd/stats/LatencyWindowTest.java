package io.sluice.nsqd.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.LatencyStats;
import io.sluice.nsqd.core.LatencyStats.Percentile;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyWindowTest {
    private static final long MS = 1_000_000L;
    private static final long WINDOW = 600_000 * MS;
    private static final long START = 1_795_172_602_000L * MS;

    private static LatencyWindow window(Double... quantiles) {
        return new LatencyWindow(List.of(quantiles), WINDOW);
    }

    private static long value(LatencyStats stats, double quantile) {
        return stats.percentiles().stream()
                .filter(percentile -> percentile.quantile() == quantile)
                .findFirst()
                .orElseThrow()
                .valueNs();
    }

    private static void isAbout(long valueNs, long expectedNs) {
        assertThat(valueNs).isCloseTo(expectedNs, Percentage.withPercentage(0.11));
    }

    @Test
    void withoutMessagesAllValuesAreZero() {
        assertThat(window(1.0, 0.5).stats(List.of(), START))
                .isEqualTo(
                        new LatencyStats(
                                0, List.of(new Percentile(1.0, 0), new Percentile(0.5, 0))));
    }

    @Test
    void percentilesAreRightToAThousandth() {
        LatencyWindow window = window(1.0, 0.99, 0.5);
        for (int i = 1; i <= 1000; i++) window.add(i * MS, START);
        LatencyStats stats = window.stats(List.of(), START);
        assertThat(stats.count()).isEqualTo(1000);
        isAbout(value(stats, 1.0), 1000 * MS);
        isAbout(value(stats, 0.99), 990 * MS);
        isAbout(value(stats, 0.5), 500 * MS);
    }

    @Test
    void aTopicIsAllOfItsChannelsTogether() {
        LatencyWindow one = window(1.0, 0.5);
        LatencyWindow other = window(1.0, 0.5);
        for (int i = 0; i < 10; i++) one.add(MS, START);
        other.add(9 * MS, START);
        LatencyStats both = one.stats(List.of(other), START);
        assertThat(both.count()).isEqualTo(11);
        isAbout(value(both, 1.0), 9 * MS);
        isAbout(value(both, 0.5), MS);
        assertThat(other.stats(List.of(), START).count()).isEqualTo(1);
    }

    @Test
    void whatIsOlderThanTheWindowIsForgottenHalfByHalf() {
        LatencyWindow window = window(1.0);
        window.add(5 * MS, START);
        window.add(7 * MS, START + WINDOW / 2 + 1);
        assertThat(window.stats(List.of(), START + WINDOW - 1).count()).isEqualTo(2);
        LatencyStats later = window.stats(List.of(), START + WINDOW + 2);
        assertThat(later.count()).isEqualTo(1);
        isAbout(value(later, 1.0), 7 * MS);
        assertThat(window.stats(List.of(), START + 3 * WINDOW).count()).isZero();
    }

    @Test
    void absurdLatenciesDoNoHarm() {
        LatencyWindow window = window(1.0);
        window.add(-MS, START);
        window.add(Long.MAX_VALUE, START);
        assertThat(window.stats(List.of(), START).count()).isEqualTo(2);
    }
}
