package io.sluice.client.tools;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Which of several hosts is next. Thread-safe; times are those of System.nanoTime. */
interface Upstreams {
    /** Where the next message goes. */
    String next(long nowNs);

    /** It took one, in this time. */
    void succeeded(String host, long tookNs, long nowNs);

    /** It did not take one. */
    void failed(String host, long nowNs);

    /** What NSQ's tools call a mode; every other word is {@code otherwise}. */
    static Upstreams of(String mode, List<String> hosts, Upstreams otherwise) {
        return switch (mode) {
            case "hostpool" -> new HostPool(hosts);
            case "epsilon-greedy" -> new FastHosts(hosts, new Random());
            case "round-robin" -> new RoundRobin(hosts);
            default -> otherwise;
        };
    }

    /** One after the other, from the second on, whatever happens. */
    final class RoundRobin implements Upstreams {
        private final List<String> hosts;
        private int at;

        RoundRobin(List<String> hosts) {
            this.hosts = List.copyOf(hosts);
        }

        @Override
        public synchronized String next(long nowNs) {
            at = (at + 1) % hosts.size();
            return hosts.get(at);
        }

        @Override
        public void succeeded(String host, long tookNs, long nowNs) {
            // The order is all there is.
        }

        @Override
        public void failed(String host, long nowNs) {
            // The order is all there is.
        }
    }

    /** How long a host that failed is left alone: 30 s, and twice as long each time, to 15 min. */
    final class Rest {
        private static final long FIRST_NS = Duration.ofSeconds(30).toNanos();
        private static final long LONGEST_NS = Duration.ofMinutes(15).toNanos();

        private long lengthNs = FIRST_NS;
        private long overNs;
        private boolean resting;

        boolean isOver(long nowNs) {
            return !resting || nowNs - overNs >= 0;
        }

        void end() {
            resting = false;
            lengthNs = FIRST_NS;
        }

        void begin(long nowNs) {
            if (resting) lengthNs = Math.min(2 * lengthNs, LONGEST_NS);
            resting = true;
            overNs = nowNs + lengthNs;
        }
    }
}
