package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.ReadyShares.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadySharesTest {
    private static final long S = TimeUnit.SECONDS.toNanos(1);

    private final ReadyShares<String> shares = new ReadyShares<>(10 * S, 30 * S);

    @Test
    void oneConnectionGetsAll() {
        shares.limit(10);
        shares.add("a", 2500, 0);
        assertThat(settle(0)).containsExactly("a=10");
    }

    @Test
    void theOthersGiveBeforeANewOneTakes() {
        shares.limit(10);
        add("a");
        shares.add("b", 2500, 0);
        assertThat(settle(0)).containsExactly("a=5", "b=5");
        shares.add("c", 2500, 0);
        assertThat(settle(0)).containsExactly("a=4", "b=3", "c=3");
    }

    @Test
    void aLossIsSharedByThoseThatStay() {
        shares.limit(10);
        add("a");
        add("b");
        shares.remove("a");
        assertThat(settle(0)).containsExactly("b=10");
    }

    @Test
    void whatADaemonDoesNotTakeGoesToTheNext() {
        shares.limit(10);
        shares.add("small", 2, 0);
        shares.add("large", 2500, 0);
        assertThat(settle(0)).containsExactly("small=2", "large=8");
    }

    @Test
    void nothingIsSentTwice() {
        shares.limit(10);
        add("a");
        assertThat(settle(0)).isEmpty();
    }

    @Test
    void aLimitOfZeroTakesAllSharesAway() {
        shares.limit(10);
        add("a");
        add("b");
        shares.limit(0);
        assertThat(settle(0)).containsExactly("a=0", "b=0");
    }

    @Test
    void moreConnectionsThanMessagesWait() {
        shares.limit(2);
        add("a");
        add("b");
        shares.add("c", 2500, 0);
        assertThat(settle(0)).isEmpty();
        assertThat(shares.of("c")).isZero();
    }

    @Test
    void anIdleTurnIsPassedOnToWhoWaitedLongest() {
        shares.limit(1);
        add("a");
        add("b");
        add("c");
        assertThat(rotate(10 * S - 1, 0)).isEmpty();
        assertThat(rotate(10 * S, 0)).containsExactly("a=0", "b=1");
        assertThat(rotate(20 * S, 0)).containsExactly("b=0", "c=1");
        assertThat(rotate(30 * S, 0)).containsExactly("c=0", "a=1");
    }

    @Test
    void aBusyTurnEndsToo() {
        shares.limit(1);
        add("a");
        add("b");
        assertThat(rotate(29 * S, 29 * S)).isEmpty();
        assertThat(rotate(30 * S, 30 * S)).containsExactly("a=0", "b=1");
    }

    @Test
    void whoKeepsItsTurnForLackOfOthersIsToldNothing() {
        shares.limit(2);
        add("a");
        add("b");
        add("c");
        assertThat(rotate(10 * S, 0)).containsExactly("b=0", "c=1");
    }

    @Test
    void aLostTurnGoesToOneThatWaits() {
        shares.limit(1);
        add("a");
        add("b");
        shares.remove("a");
        assertThat(settle(S)).containsExactly("b=1");
    }

    @Test
    void withRoomForAllNobodysTurnEnds() {
        shares.limit(2);
        add("a");
        add("b");
        assertThat(rotate(1000 * S, 0)).isEmpty();
    }

    @Test
    void theSumNeverExceedsTheLimitNotEvenOnTheWay() {
        Random random = new Random(7);
        Map<String, Integer> sent = new LinkedHashMap<>();
        for (int step = 0; step < 20_000; step++) {
            int limit = random.nextInt(12);
            shares.limit(limit);
            if (sent.isEmpty() || sent.size() < 10 && random.nextInt(5) < 2) {
                shares.add("c" + step, 1 + random.nextInt(5), step * S);
                sent.put("c" + step, 0);
            } else if (random.nextInt(3) == 0) {
                List<String> all = new ArrayList<>(sent.keySet());
                String gone = all.get(random.nextInt(all.size()));
                shares.remove(gone);
                sent.remove(gone);
            }
            apply(shares.settle(step * S), sent, limit);
            apply(shares.rotate(step * S, connection -> 0), sent, limit);
            assertThat(sum(sent)).isLessThanOrEqualTo(limit);
        }
    }

    private static void apply(List<Change<String>> changes, Map<String, Integer> sent, int limit) {
        for (Change<String> change : changes) {
            int before = sent.put(change.connection(), change.ready());
            if (change.ready() > before) assertThat(sum(sent)).isLessThanOrEqualTo(limit);
        }
    }

    private static int sum(Map<String, Integer> sent) {
        return sent.values().stream().mapToInt(ready -> ready).sum();
    }

    private void add(String connection) {
        shares.add(connection, 2500, 0);
        shares.settle(0);
    }

    private List<String> settle(long nowNs) {
        return texts(shares.settle(nowNs));
    }

    private List<String> rotate(long nowNs, long lastMessageNs) {
        return texts(shares.rotate(nowNs, connection -> lastMessageNs));
    }

    private static List<String> texts(List<Change<String>> changes) {
        return changes.stream().map(c -> c.connection() + "=" + c.ready()).toList();
    }
}
