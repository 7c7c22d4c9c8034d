package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.crash.HistoryChecker.Verdict;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Kills a daemon under load; {@code -Drounds=COUNT} says how often. {@code -Dseed=N} chooses what
 * happens, though not to the instruction: two runs of a seed do not end alike.
 */
@Tag("kill")
class KillLoopTest {
    private static final String COMMAND =
            "./mvnw -q -pl nsqd -am test -Dtest=KillLoopTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Drounds=%d -Dseed=%d";

    /** After so many rounds what was seen is judged and forgotten. */
    private static final int ROUNDS_PER_JUDGEMENT = 25;

    private static final int SHOWN_VIOLATIONS = 20;

    /** Each life is short: a good compiler would take more processor time than it saves. */
    @RegisterExtension final Home home = new Home("-XX:TieredStopAtLevel=1");

    @Test
    void whatWasPromisedSurvivesEveryKill() {
        int rounds = Integer.getInteger("rounds", 3);
        long seed = Long.getLong("seed", 1);
        for (int done = 0; done < rounds; done += ROUNDS_PER_JUDGEMENT, seed++) {
            live(Math.min(ROUNDS_PER_JUDGEMENT, rounds - done), seed);
        }
    }

    private void live(int rounds, long seed) {
        KillLoop loop = new KillLoop(home, seed);
        try {
            Verdict verdict = loop.run(rounds);
            System.out.printf("seed %d, %d rounds: %s%n", seed, rounds, verdict);
            expectNone(verdict.violations());
            loop.expectEmpty();
        } catch (AssertionError | RuntimeException e) {
            String command = String.format(COMMAND, rounds, seed);
            throw new AssertionError(e.getMessage() + "\nrepeat it: " + command, e);
        }
    }

    private static void expectNone(List<String> violations) {
        List<String> first = violations.stream().limit(SHOWN_VIOLATIONS).toList();
        assertThat(violations.size()).as(String.join("\n", first)).isZero();
    }
}
