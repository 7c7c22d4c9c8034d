package io.sluice.nsqd.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Lives through many small worlds, each from its own seed:
 *
 * <ul>
 *   <li>{@code -Dseed=N} repeats one, and prints what happens in it;
 *   <li>{@code -DfirstSeed=N -Dseeds=COUNT} chooses others than those of every build.
 * </ul>
 */
class SimulationTest {
    private static final String COMMAND =
            "./mvnw -q -pl nsqd -am test -Dtest=SimulationTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dseed=";

    private static final long FIRST_SEED = 1;
    private static final long SEEDS = 10_000;

    /** Lines of a failed world that the failure shows. */
    private static final int LAST_LINES = 40;

    @Test
    void whateverHappensTheCoreKeepsItsPromises() {
        Long only = Long.getLong("seed");
        if (only != null) {
            new World(only, new Tally(), System.out::println).run();
            return;
        }
        long first = Long.getLong("firstSeed", FIRST_SEED);
        long count = Long.getLong("seeds", SEEDS);
        Tally tally = new Tally();
        for (long seed = first; seed < first + count; seed++) live(seed, tally);
        assertThat(tally.counts())
                .as("everything happens in many a world")
                .allSatisfy(
                        (happening, times) ->
                                assertThat(times).isGreaterThan(count / happening.worlds));
    }

    private static void live(long seed, Tally tally) {
        try {
            new World(seed, tally, null).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(report(seed, e), e);
        }
    }

    /** Lives through it again to tell what came before the failure. */
    private static String report(long seed, Throwable failure) {
        Deque<String> last = new ArrayDeque<>();
        Consumer<String> trace =
                line -> {
                    last.add(line);
                    if (last.size() > LAST_LINES) last.remove();
                };
        try {
            new World(seed, new Tally(), trace).run();
        } catch (AssertionError | RuntimeException again) {
            last.add(again.toString());
        }
        String lines = String.join("\n", last);
        return "seed " + seed + ": " + failure + "\n" + lines + "\nrepeat it: " + COMMAND + seed;
    }
}
