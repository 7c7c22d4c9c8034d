package io.sluice.examples.bench.scenario;

import java.time.Duration;

/**
 * When one run ends.
 *
 * @param time how long messages are published for
 * @param messages how many are published at most, and so how many a daemon must keep in memory
 */
public record Limit(Duration time, int messages) {
    /** The same for a run in which each message is delivered {@code channels} times. */
    Limit shared(int channels) {
        return new Limit(time, messages / channels);
    }
}
