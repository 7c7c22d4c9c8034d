package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Waits of a thread that does not sleep, with the time passed in. */
class WakefulWaitTest {
    private static final long LOOK_NS = 1_000;

    private long nowNs;
    private long comesAfterNs;
    private long comesAtNs;
    private int looks;
    private final WakefulWait wait = new WakefulWait(() -> nowNs);

    /** Has something after a time; each look takes some. */
    private final InputStream from =
            new InputStream() {
                @Override
                public int read() {
                    throw new AssertionError("only looked at");
                }

                @Override
                public int available() {
                    looks++;
                    nowNs += LOOK_NS;
                    return nowNs >= comesAtNs ? 1 : 0;
                }
            };

    private int looks() throws IOException {
        looks = 0;
        comesAtNs = nowNs + comesAfterNs;
        wait.forSomething(from);
        return looks;
    }

    @Test
    void itEndsWhenSomethingCame() throws IOException {
        for (int i = 0; i < 100; i++) {
            comesAfterNs = 20 * LOOK_NS;
            assertThat(looks()).isEqualTo(20);
        }
    }

    @Test
    void itLastsNoLongerThanItMay() throws IOException {
        comesAfterNs = Long.MAX_VALUE / 2;
        long beganNs = nowNs;
        looks();
        assertThat(nowNs - beganNs).isEqualTo(WakefulWait.LONGEST_NS);
    }

    @Test
    void whereNothingComesInTimeItIsTriedNowAndThen() throws IOException {
        comesAfterNs = Long.MAX_VALUE / 2;
        for (int i = 0; i < WakefulWait.MISSES; i++) assertThat(looks()).isPositive();
        for (int round = 0; round < 3; round++) {
            for (int i = 1; i < WakefulWait.SLEPT; i++) assertThat(looks()).isZero();
            assertThat(looks()).isPositive();
        }
    }

    @Test
    void whereItComesInTimeAgainItIsTriedEachTime() throws IOException {
        comesAfterNs = Long.MAX_VALUE / 2;
        for (int i = 0; i < WakefulWait.MISSES; i++) looks();
        for (int i = 1; i < WakefulWait.SLEPT; i++) looks();
        comesAfterNs = LOOK_NS;
        for (int i = 0; i < 100; i++) assertThat(looks()).isEqualTo(1);
    }
}
