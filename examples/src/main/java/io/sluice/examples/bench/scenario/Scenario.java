package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.measure.Figure;
import io.sluice.examples.bench.wire.BenchException;
import java.io.IOException;
import java.util.List;

/** Something to measure, the same way at every target. */
public interface Scenario {
    /** What it is called on the command line. */
    String name();

    /** Its setting in words. */
    String setting();

    /**
     * Runs once and cleans up.
     *
     * @return the same figures in the same order every time
     * @throws BenchException when a message was lost or doubled, or the target refused one
     */
    List<Figure> run(Target target, Limit limit) throws IOException;
}
