package io.sluice.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.Json;
import java.util.Map;
import java.util.TreeMap;

/**
 * Latencies from publishing to finishing, in nanoseconds. A percentile over several daemons cannot
 * be known from theirs: so the least, the greatest and the weighted average are told.
 */
final class E2e {
    private final String topic;
    private final String channel;
    private final String host;
    private final Map<Double, Quantile> quantiles = new TreeMap<>((a, b) -> b.compareTo(a));
    private long count;

    private record Quantile(double min, double max, double weighted, long count) {
        Quantile plus(double value, long more) {
            if (more == 0) return this;
            return new Quantile(
                    count == 0 ? value : Math.min(min, value),
                    Math.max(max, value),
                    weighted + value * more,
                    count + more);
        }
    }

    E2e(String topic, String channel, String host) {
        this.topic = topic;
        this.channel = channel;
        this.host = host;
    }

    void add(JsonNode latency) {
        long samples = latency.path("count").asLong();
        count += samples;
        for (JsonNode percentile : latency.path("percentiles")) {
            double quantile = percentile.path("quantile").asDouble();
            Quantile before = quantiles.getOrDefault(quantile, new Quantile(0, 0, 0, 0));
            quantiles.put(quantile, before.plus(percentile.path("value").asDouble(), samples));
        }
    }

    ObjectNode json(boolean ofOneDaemon) {
        ObjectNode all = Json.object().put("count", count);
        ArrayNode percentiles = all.putArray("percentiles");
        quantiles.forEach(
                (quantile, at) -> {
                    long average = at.count == 0 ? 0 : Math.round(at.weighted / at.count);
                    ObjectNode one = percentiles.addObject().put("average", average);
                    one.put("count", at.count).put("max", Math.round(at.max));
                    one.put("min", Math.round(at.min)).put("quantile", quantile);
                    if (ofOneDaemon) one.put("value", Math.round(at.max));
                });
        if (quantiles.isEmpty()) all.putNull("percentiles");
        return all.put("topic", topic).put("channel", channel).put("host", host);
    }
}
