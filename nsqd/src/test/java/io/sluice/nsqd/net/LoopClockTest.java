package io.sluice.nsqd.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopClockTest {
    private static final long SECOND = 1_000_000_000L;

    /** What has passed since the machine started; looking at it takes time, as all does. */
    private long monotonicNs = 5 * SECOND;

    private long lookNs = 10;
    private long wallAheadNs = 1_000 * SECOND;
    private int looks;

    private long monotonic() {
        looks++;
        monotonicNs += lookNs;
        return monotonicNs;
    }

    private long wall() {
        return monotonicNs + wallAheadNs;
    }

    private LoopClock clock() {
        return new LoopClock(this::monotonic, this::wall);
    }

    private long errorNs(LoopClock clock) {
        return Math.abs(clock.nowNs() - wall());
    }

    @Test
    void twoClocksAgreeAlthoughTheThreadWasPutAsideWhileOneWasSet() {
        LoopClock clock =
                new LoopClock(
                        () -> {
                            long now = monotonic();
                            if (looks == 1 || looks == 6) monotonicNs += SECOND;
                            return now;
                        },
                        this::wall);

        assertThat(errorNs(clock)).isLessThanOrEqualTo(2 * lookNs);
        assertThat(errorNs(clock())).isLessThanOrEqualTo(2 * lookNs);
    }

    @Test
    void theWallClockMayBeSetBackOrALittleForward() {
        LoopClock clock = clock();
        long before = clock.nowNs();

        wallAheadNs -= 100 * SECOND;
        clock.catchUp();
        assertThat(clock.nowNs() - before).isBetween(0L, 10 * lookNs);

        wallAheadNs += 101 * SECOND - 1_000;
        clock.catchUp();
        assertThat(clock.nowNs() - before).isBetween(0L, 20 * lookNs);
    }

    @Test
    void aMachineThatSlept() {
        LoopClock clock = clock();

        wallAheadNs += 60 * SECOND;
        clock.catchUp();

        assertThat(errorNs(clock)).isLessThanOrEqualTo(2 * lookNs);
    }
}
