package io.sluice.nsqd.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GcPausesTest {
    private final GcPauses pauses = new GcPauses();

    @Test
    void withoutPausesAllIsZero() {
        assertThat(pauses.percentileUsec(100)).isZero();
    }

    @Test
    void percentilesAreOfWhatWasSeen() {
        for (int ms = 100; ms >= 1; ms--) pauses.add(ms);
        assertThat(pauses.percentileUsec(100)).isEqualTo(100_000);
        assertThat(pauses.percentileUsec(99)).isEqualTo(100_000);
        assertThat(pauses.percentileUsec(95)).isEqualTo(96_000);
        assertThat(pauses.percentileUsec(0)).isEqualTo(1_000);
    }

    @Test
    void onlyTheLatestAreKept() {
        for (int i = 0; i < 3 * GcPauses.KEPT; i++) pauses.add(1_000);
        assertThat(pauses.count()).isEqualTo(GcPauses.KEPT);
        for (int i = 0; i < GcPauses.KEPT - 1; i++) pauses.add(1);
        assertThat(pauses.percentileUsec(100)).isEqualTo(1_000_000);
        pauses.add(1);
        assertThat(pauses.percentileUsec(100)).isEqualTo(1_000);
    }

    @Test
    @Timeout(30)
    void theCollectorsOfThisJvmAreHeard() {
        GcPauses heard = GcPauses.watch();
        System.gc();
        // The news comes on a thread of the JVM's own.
        while (heard.count() == 0) Thread.onSpinWait();
        assertThat(JvmMemory.now().gcTotalRuns()).isPositive();
    }
}
