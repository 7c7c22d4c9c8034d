package io.sluice.client.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void soManyPerSecondAndAfterAPauseASecondsWorthAtOnce() {
        RateLimit limit = new RateLimit(5);
        assertThat(limit.takeNs(0)).isZero();
        assertThat(limit.takeNs(0)).isEqualTo(SECOND / 5);
        assertThat(limit.takeNs(0)).isEqualTo(2 * SECOND / 5);
        for (int i = 0; i < 6; i++) assertThat(limit.takeNs(100 * SECOND)).isZero();
        assertThat(limit.takeNs(100 * SECOND)).isEqualTo(SECOND / 5);
    }
}
