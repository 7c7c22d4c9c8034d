package io.sluice.nsqd.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Daemons that end and start again, in many small worlds, each from its own seed. {@code
 * -DcrashSeed=N} repeats one, and prints what happens in it; {@code -DfirstSeed=N -Dseeds=COUNT}
 * chooses others than those of every build.
 */
class CrashTest {
    private static final String COMMAND =
            "./mvnw -q -pl nsqd -am test -Dtest=CrashTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -DcrashSeed=";

    private static final long FIRST_SEED = 1;
    private static final long SEEDS = 2_000;

    /**
     * With messages in flight of a move when it is killed, and some that come to be in both topics.
     */
    private static final List<Happening> OF_MOVES_AND_REQUEUEING =
            List.of(
                    Happening.MOVED,
                    Happening.IN_BOTH,
                    Happening.MOVE_LEFT_MESSAGES,
                    Happening.HURRIED);

    /** Lines of a failed world that the failure shows. */
    private static final int LAST_LINES = 60;

    @ParameterizedTest
    @EnumSource
    void whateverWasPromisedIsKept(Crash crash) {
        Long only = Long.getLong("crashSeed");
        if (only != null) {
            new CrashWorld(only, crash, new Tally(), System.out::println).run();
            return;
        }
        long first = Long.getLong("firstSeed", FIRST_SEED);
        long count = Long.getLong("seeds", SEEDS);
        Tally tally = new Tally();
        for (long seed = first; seed < first + count; seed++) live(seed, crash, tally);
        assertThat(tally.counts())
                .as("logs are used in many a world")
                .hasEntrySatisfying(Happening.SPILLED, n -> assertThat(n).isGreaterThan(count))
                .hasEntrySatisfying(Happening.RUN_READ, n -> assertThat(n).isGreaterThan(count))
                .hasEntrySatisfying(
                        Happening.SEGMENT_DELETED, n -> assertThat(n).isGreaterThan(count / 4));
        for (Happening happening : OF_MOVES_AND_REQUEUEING) {
            assertThat(tally.counts().get(happening)).as("%s", happening).isGreaterThan(count / 10);
        }
    }

    private static void live(long seed, Crash crash, Tally tally) {
        try {
            new CrashWorld(seed, crash, tally, null).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(report(seed, crash, e), e);
        }
    }

    /** Lives through it again to tell what came before the failure. */
    private static String report(long seed, Crash crash, Throwable failure) {
        Deque<String> last = new ArrayDeque<>();
        Consumer<String> trace =
                line -> {
                    last.add(line);
                    if (last.size() > LAST_LINES) last.remove();
                };
        try {
            new CrashWorld(seed, crash, new Tally(), trace).run();
        } catch (AssertionError | RuntimeException again) {
            last.add(again.toString());
        }
        String lines = String.join("\n", last);
        return crash
                + ", seed "
                + seed
                + ": "
                + failure
                + "\n"
                + lines
                + "\nrepeat it: "
                + COMMAND
                + seed;
    }
}
