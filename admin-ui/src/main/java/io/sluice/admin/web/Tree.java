package io.sluice.admin.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.Counts;
import io.sluice.admin.cluster.Finding;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * How things are written in the trees of the page: what is zero, empty or false is left out, and
 * rates have one decimal, so that a difference between two trees is small.
 */
final class Tree {
    private Tree() {}

    static void put(ObjectNode to, Counts counts) {
        put(to, "depth", counts.depth());
        put(to, "disk", counts.backendDepth());
        put(to, "in_flight", counts.inFlight());
        put(to, "deferred", counts.deferred());
        put(to, "messages", counts.messages());
        put(to, "requeued", counts.requeued());
        put(to, "timed_out", counts.timedOut());
        put(to, "consumers", counts.consumers());
        put(to, "in", counts.rate().in());
        put(to, "out", counts.rate().out());
        put(to, "timeouts", counts.rate().timeouts());
        put(to, "requeues", counts.rate().requeues());
    }

    /**
     * Latencies from publishing to finishing in nanoseconds, by percentile as {@code 99.9}. Those
     * of several daemons make no percentile of all: the greatest is kept, which no node exceeds.
     */
    static void putLatency(ObjectNode to, JsonNode latency) {
        if (latency.path("count").asLong() == 0) return;
        ObjectNode all = to.withObject("/e2e");
        for (JsonNode percentile : latency.path("percentiles")) {
            String name = percentile(percentile.path("quantile").asDouble());
            long value = percentile.path("value").asLong();
            all.put(name, Math.max(value, all.path(name).asLong()));
        }
    }

    private static String percentile(double quantile) {
        return BigDecimal.valueOf(quantile).movePointRight(2).stripTrailingZeros().toPlainString();
    }

    static void put(ObjectNode to, String key, long value) {
        if (value != 0) to.put(key, value);
    }

    static void put(ObjectNode to, String key, double perSecond) {
        double rounded = perSecond < 100 ? Math.round(perSecond * 10) / 10.0 : Math.rint(perSecond);
        if (rounded != 0) to.put(key, rounded);
    }

    static void put(ObjectNode to, String key, boolean value) {
        if (value) to.put(key, true);
    }

    static void put(ObjectNode to, String key, String value) {
        if (value != null && !value.isEmpty()) to.put(key, value);
    }

    static void put(ObjectNode to, Finding finding, int order) {
        ObjectNode one = to.putObject(finding.key());
        one.put("order", order);
        one.put("rule", finding.rule());
        one.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        one.put("text", finding.text());
        put(one, "topic", finding.topic());
        put(one, "channel", finding.channel());
        put(one, "node", finding.node());
    }
}
