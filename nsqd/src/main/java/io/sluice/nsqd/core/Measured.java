package io.sluice.nsqd.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Latencies as statistics are to show them: as of some time, or not at all. */
final class Measured {
    /** For who does not look at them: they take a while to add up. */
    static final Measured NOT = new Measured(false, 0);

    private final boolean wanted;
    private final long nowNs;

    private Measured(boolean wanted, long nowNs) {
        this.wanted = wanted;
        this.nowNs = nowNs;
    }

    static Measured at(long nowNs) {
        return new Measured(true, nowNs);
    }

    LatencyStats of(Channel channel) {
        return of(List.of(channel));
    }

    /** Of all these channels together. */
    LatencyStats of(Collection<Channel> channels) {
        if (!wanted || channels.isEmpty()) return LatencyStats.NONE;
        List<Latencies> others = new ArrayList<>();
        for (Channel channel : channels) others.add(channel.counts().latencies);
        return others.remove(0).stats(others, nowNs);
    }
}
