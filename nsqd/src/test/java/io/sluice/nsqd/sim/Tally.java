package io.sluice.nsqd.sim;

import java.util.EnumMap;
import java.util.Map;

/** How often each thing has happened. */
final class Tally {
    private final long[] counts = new long[Happening.values().length];

    void add(Happening happening) {
        counts[happening.ordinal()]++;
    }

    Map<Happening, Long> counts() {
        Map<Happening, Long> all = new EnumMap<>(Happening.class);
        for (Happening happening : Happening.values()) {
            all.put(happening, counts[happening.ordinal()]);
        }
        return all;
    }
}
