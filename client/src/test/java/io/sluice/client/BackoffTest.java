package io.sluice.client;

import static io.sluice.client.Backoff.Phase.NORMAL;
import static io.sluice.client.Backoff.Phase.PAUSED;
import static io.sluice.client.Backoff.Phase.TESTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long S = TimeUnit.SECONDS.toNanos(1);

    private final Backoff backoff = new Backoff(S, 5 * S, pauseNs -> pauseNs);

    @Test
    void aPauseDoublesWithEachFailureUpToTheLongest() {
        backoff.failed(0);
        assertPausedUntil(2 * S);
        backoff.failed(2 * S);
        assertPausedUntil(6 * S);
        backoff.failed(6 * S);
        assertPausedUntil(10 * S);
    }

    @Test
    void eachSuccessGoesBackALevelAndPausesUntilTheLast() {
        backoff.failed(0);
        backoff.tick(2 * S);
        backoff.failed(2 * S);
        backoff.tick(6 * S);
        backoff.succeeded(6 * S);
        assertPausedUntil(8 * S);
        backoff.succeeded(8 * S);
        assertThat(backoff.phase()).isEqualTo(NORMAL);
    }

    @Test
    void resultsDuringAPauseChangeNothing() {
        backoff.failed(0);
        backoff.failed(1);
        backoff.succeeded(2);
        backoff.continued(3);
        assertPausedUntil(2 * S);
    }

    @Test
    void aNeutralResultPausesAsLongAgain() {
        backoff.failed(0);
        backoff.tick(2 * S);
        backoff.continued(3 * S);
        assertPausedUntil(5 * S);
    }

    @Test
    void outsideOfBackoffOnlyAFailureMatters() {
        backoff.succeeded(0);
        backoff.continued(0);
        assertThat(backoff.phase()).isEqualTo(NORMAL);
    }

    @Test
    void withoutALongestPauseThereIsNone() {
        Backoff off = new Backoff(S, 0, pauseNs -> pauseNs);
        off.failed(0);
        assertThat(off.phase()).isEqualTo(NORMAL);
        assertThat(off.isEnabled()).isFalse();
    }

    @Test
    void aLongestPauseBelowTheFirstMeansNoBackoff() {
        Backoff off = new Backoff(S, S, pauseNs -> pauseNs);
        off.failed(0);
        assertThat(off.phase()).isEqualTo(NORMAL);
    }

    @Test
    void thePauseIsWhatIsDrawnForItsLevel() {
        Backoff drawn = new Backoff(S, 60 * S, pauseNs -> pauseNs / 4);
        drawn.failed(0);
        assertThat(drawn.resumeNs()).isEqualTo(S / 2);
    }

    private void assertPausedUntil(long timeNs) {
        backoff.tick(timeNs - 1);
        assertThat(backoff.phase()).isEqualTo(PAUSED);
        backoff.tick(timeNs);
        assertThat(backoff.phase()).isEqualTo(TESTING);
    }
}
