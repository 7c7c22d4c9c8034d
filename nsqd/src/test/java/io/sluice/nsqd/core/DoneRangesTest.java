package io.sluice.nsqd.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.LogEntry.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoneRangesTest {
    private final DoneRanges done = new DoneRanges();

    @Test
    void neighboursAreOneRange() {
        assertThat(done.add(5)).isTrue();
        assertThat(done.add(7)).isTrue();
        assertThat(done.add(6)).isTrue();
        assertThat(done.add(6)).isFalse();
        assertThat(done.toList()).containsExactly(new Range(5, 8));
    }

    @Test
    void aRangeTakesInThoseThatItTouches() {
        done.addAll(List.of(new Range(2, 4), new Range(6, 8), new Range(10, 12)));
        done.add(4, 7);
        assertThat(done.toList()).containsExactly(new Range(2, 8), new Range(10, 12));
        done.add(0, 20);
        done.add(3, 5);
        done.add(7, 7);
        assertThat(done.toList()).containsExactly(new Range(0, 20));
    }

    @Test
    void containsWhatWasAdded() {
        done.add(3, 5);
        for (long lsn = 0; lsn < 8; lsn++) {
            assertThat(done.contains(lsn)).as("%d", lsn).isEqualTo(lsn == 3 || lsn == 4);
        }
    }
}
