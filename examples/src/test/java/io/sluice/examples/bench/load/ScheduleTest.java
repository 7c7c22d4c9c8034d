package io.sluice.examples.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long START_NS = -12_345; // System.nanoTime() may be negative

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 2_000, 20_000, 1_000_000})
    void aSecondHoldsAsManyMessagesAsTheRateSays(int perSecond) {
        Schedule schedule = new Schedule(START_NS, perSecond);

        assertThat(schedule.intendedNs(0)).isEqualTo(START_NS);
        assertThat(schedule.intendedNs(perSecond)).isEqualTo(START_NS + SECOND_NS);
        assertThat(schedule.dueBy(START_NS + SECOND_NS - 1)).isEqualTo(perSecond);
        assertThat(schedule.dueBy(START_NS + 3_600 * SECOND_NS - 1)).isEqualTo(3_600L * perSecond);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 2_000, 20_000, 999_983})
    void aMessageIsDueFromItsIntendedTimeOn(int perSecond) {
        Schedule schedule = new Schedule(START_NS, perSecond);

        for (long number = 0; number < 1_000; number++) {
            long intendedNs = schedule.intendedNs(number);
            assertThat(schedule.dueBy(intendedNs - 1)).isEqualTo(number);
            assertThat(schedule.dueBy(intendedNs)).isEqualTo(number + 1);
        }
    }
}
