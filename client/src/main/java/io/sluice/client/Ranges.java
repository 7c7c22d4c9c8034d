package io.sluice.client;

import java.time.Duration;
import java.util.Objects;

/** Checks of option values: each names the option, its value and what is allowed. */
final class Ranges {
    private Ranges() {}

    static void within(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    option + " " + value + " is not within " + min + " and " + max);
        }
    }

    static void within(String option, Duration value, Duration min, Duration max) {
        Objects.requireNonNull(value, option);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    option + " " + value + " is not within " + min + " and " + max);
        }
    }
}
