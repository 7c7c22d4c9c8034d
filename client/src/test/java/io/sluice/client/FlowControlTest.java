package io.sluice.client;

import static io.sluice.client.FlowControl.Outcome.FAILURE;
import static io.sluice.client.FlowControl.Outcome.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlowControlTest {
    private static final long S = TimeUnit.SECONDS.toNanos(1);

    private final List<String> sent = new ArrayList<>();
    private final FlowControl<String> flow =
            new FlowControl<>(
                    () -> 4,
                    new ReadyShares<>(10 * S, 30 * S),
                    new Backoff(S, 5 * S, pauseNs -> pauseNs),
                    () -> this.nowNs,
                    (connection, ready) -> sent.add(connection + "=" + ready));
    private long nowNs;

    @BeforeEach
    void twoConnections() {
        flow.joined("a", 2500);
        flow.joined("b", 2500);
        sent.clear();
    }

    @Test
    void theTimelineOfABackoff() {
        flow.answered(FAILURE);
        assertSent("a=0", "b=0");
        assertThat(flow.dueInNs()).isEqualTo(2 * S);
        passTime(2 * S);
        assertSent("a=1");
        flow.answered(FAILURE);
        assertSent("a=0");
        passTime(4 * S);
        assertSent("b=1");
        flow.answered(SUCCESS);
        assertSent("b=0");
        passTime(2 * S);
        assertSent("a=1");
        flow.answered(SUCCESS);
        assertSent("a=2", "b=2");
        assertThat(flow.isBackingOff()).isFalse();
        assertThat(flow.dueInNs()).isNegative();
    }

    @Test
    void aTestThatGetsNoMessageMovesOn() {
        flow.answered(FAILURE);
        sent.clear();
        passTime(2 * S);
        sent.clear();
        nowNs += 10 * S;
        flow.rotate(connection -> 0);
        assertSent("a=0", "b=1");
    }

    @Test
    void aLostTestConnectionIsReplaced() {
        flow.answered(FAILURE);
        sent.clear();
        passTime(2 * S);
        sent.clear();
        flow.left("a");
        assertSent("b=1");
    }

    @Test
    void aNewConnectionGetsNothingDuringAPause() {
        flow.answered(FAILURE);
        sent.clear();
        flow.joined("c", 2500);
        assertSent();
    }

    @Test
    void stoppedMeansNoneAndGoingOnMeansAll() {
        flow.stopped(true);
        assertSent("a=0", "b=0");
        flow.stopped(false);
        assertSent("a=2", "b=2");
    }

    private void passTime(long ns) {
        nowNs += ns - 1;
        flow.tick();
        assertSent();
        nowNs += 1;
        flow.tick();
    }

    private void assertSent(String... expected) {
        assertThat(sent).containsExactly(expected);
        sent.clear();
    }
}
