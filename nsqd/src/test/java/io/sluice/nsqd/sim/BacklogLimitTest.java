package io.sluice.nsqd.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/**
 * Topics with limits, in many small worlds, each from its own seed. {@code -DlimitSeed=N} repeats
 * one, and prints what happens in it; {@code -DfirstSeed=N -Dseeds=COUNT} chooses others than those
 * of every build.
 */
class BacklogLimitTest {
    private static final String COMMAND =
            "./mvnw -q -pl nsqd -am test -Dtest=BacklogLimitTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -DlimitSeed=";

    private static final long FIRST_SEED = 1;
    private static final long SEEDS = 2_000;

    /** Lines of a failed world that the failure shows. */
    private static final int LAST_LINES = 60;

    @Test
    void whatIsTooMuchIsRefusedOrCounted() {
        Long only = Long.getLong("limitSeed");
        if (only != null) {
            new LimitWorld(only, System.out::println).run(new LimitTally());
            return;
        }
        long first = Long.getLong("firstSeed", FIRST_SEED);
        long count = Long.getLong("seeds", SEEDS);
        LimitTally tally = new LimitTally();
        for (long seed = first; seed < first + count; seed++) live(seed, tally);
        assertThat(tally.refused).as("worlds in which messages were refused").isGreaterThan(200);
        assertThat(tally.expired).as("worlds in which messages expired").isGreaterThan(200);
        assertThat(tally.evicted).as("worlds in which messages were evicted").isGreaterThan(200);
    }

    private static void live(long seed, LimitTally tally) {
        try {
            new LimitWorld(seed, null).run(tally);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(report(seed, e), e);
        }
    }

    /** Lives through it again to tell what came before the failure. */
    private static String report(long seed, Throwable failure) {
        Deque<String> last = new ArrayDeque<>();
        try {
            new LimitWorld(
                            seed,
                            line -> {
                                last.add(line);
                                if (last.size() > LAST_LINES) last.remove();
                            })
                    .run(new LimitTally());
        } catch (AssertionError | RuntimeException again) {
            last.add(again.toString());
        }
        String lines = String.join("\n", last);
        return "seed " + seed + ": " + failure + "\n" + lines + "\nrepeat it: " + COMMAND + seed;
    }
}
