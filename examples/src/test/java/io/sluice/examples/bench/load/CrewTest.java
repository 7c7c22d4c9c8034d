package io.sluice.examples.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.examples.bench.wire.BenchException;
import io.sluice.examples.bench.wire.Connection;
import io.sluice.examples.bench.wire.ScriptedDaemon;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CrewTest {
    private final Progress progress = new Progress();

    @Test
    void aFailureEndsThoseThatWaitForTheDaemonAndIsWhatTheRunFailsWith() throws Exception {
        try (ScriptedDaemon daemon = new ScriptedDaemon();
                Crew crew = new Crew()) {
            Connection silent = crew.own(daemon.connect(0));
            CompletableFuture<Void> waits = crew.start("waits", silent::receive);
            crew.start(
                    "fails",
                    () -> {
                        throw new BenchException("message 1 came twice");
                    });

            assertThatExceptionOfType(BenchException.class)
                    .isThrownBy(() -> crew.await(waits, progress))
                    .withMessage("message 1 came twice");
        }
    }

    @Test
    void theGoalIsReachedAlsoWhenItIsSetLate() {
        progress.add(3);
        assertThat(progress.reachedNs()).isNotDone();

        progress.goal(3);

        assertThat(progress.reachedNs()).isDone();
    }

    @Test
    void theGoalIsReachedByTheLastMessage() {
        progress.goal(3);
        progress.add(2);
        assertThat(progress.reachedNs()).isNotDone();

        progress.add(1);

        assertThat(progress.reachedNs()).isDone();
    }
}
