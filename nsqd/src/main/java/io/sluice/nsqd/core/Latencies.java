package io.sluice.nsqd.core;

import java.util.List;

/** How long the messages of one channel took of late, from publication to FIN. */
public interface Latencies {
    /** For when nobody wants to know: it costs nothing, and has nothing to tell. */
    Latencies OFF =
            new Latencies() {
                @Override
                public void add(long latencyNs, long nowNs) {}

                @Override
                public LatencyStats stats(List<Latencies> others, long nowNs) {
                    return LatencyStats.NONE;
                }
            };

    /** A message has been finished {@code latencyNs} after it was published. */
    void add(long latencyNs, long nowNs);

    /** What these and {@code others}, which are of the same kind, come to together. */
    LatencyStats stats(List<Latencies> others, long nowNs);
}
