package io.sluice.daemon;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What an HTTP server has seen since it started. Used by any thread. */
public final class HttpCounts {
    /** Why a connection was cut off. */
    public enum Cut {
        /** What came was no HTTP. */
        MALFORMED,
        /** A request line or headers above the limit. */
        TOO_LARGE,
        /** A request that did not come to its end in time. */
        SLOW_REQUEST,
        /** An answer that was not read. */
        UNREAD_ANSWER,
        /** No request for a long time. */
        IDLE,
        /** The listener had as many connections as it may have. */
        TOO_MANY;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final LongAdder accepted = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
    private final Map<Cut, LongAdder> cuts = new ConcurrentHashMap<>();

    /** Nothing yet. */
    public HttpCounts() {
        for (Cut why : Cut.values()) cuts.put(why, new LongAdder());
    }

    void accepted() {
        accepted.increment();
    }

    void closed() {
        closed.increment();
    }

    void answered(int status) {
        answers.computeIfAbsent(status, s -> new LongAdder()).increment();
    }

    void cut(Cut why) {
        cuts.get(why).increment();
    }

    /** Connections accepted. */
    public long connections() {
        return accepted.sum();
    }

    /** Connections that are open now. */
    public long open() {
        return accepted.sum() - closed.sum();
    }

    /** Answers by status. */
    public Map<Integer, Long> answers() {
        return sums(answers);
    }

    /** Connections that were cut off, by the reason; all reasons are there. */
    public Map<Cut, Long> cuts() {
        return sums(cuts);
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> counters) {
        Map<K, Long> sums = new TreeMap<>();
        counters.forEach((key, counter) -> sums.put(key, counter.sum()));
        return sums;
    }
}
