package io.sluice.admin.cluster;

import io.sluice.admin.cluster.Counts.Rate;
import java.util.HashMap;
import java.util.Map;

/**
 * What one daemon's topics, channels and consumers did between two of its answers, smoothed over
 * about five seconds. A daemon that has restarted begins anew.
 */
final class Rates {
    private static final double SMOOTHING_NS = 5e9;

    private Map<String, Seen> seen = new HashMap<>();
    private Map<String, Consumer> consumers = new HashMap<>();
    private long lastNs;
    private long startTime = -1;

    private record Seen(Counts counts, Rate rate) {}

    /**
     * A consumer over time.
     *
     * @param finishedNs when its count of finished messages last rose, or when it was first seen
     * @param sinceStart whether it has been seen finishing at all
     */
    record Consumer(long finished, double perSecond, long finishedNs, boolean sinceStart) {}

    void answered(NodeAnswer.Stats stats, long nowNs) {
        if (stats.startTime() != startTime) {
            seen = new HashMap<>();
            consumers = new HashMap<>();
        }
        double seconds = Math.max(1e-3, (nowNs - lastNs) / 1e9);
        Map<String, Seen> next = new HashMap<>();
        Map<String, Consumer> nextConsumers = new HashMap<>();
        for (NodeAnswer.Topic topic : stats.topics()) {
            String name = topic.topicName();
            next.put(name, step(name, Counts.of(topic, Rate.NONE), seconds));
            for (NodeAnswer.Channel channel : topic.channels()) {
                String key = key(name, channel.channelName());
                next.put(key, step(key, Counts.of(channel, Rate.NONE), seconds));
                for (NodeAnswer.Client client : channel.clients()) {
                    nextConsumers.put(client.key(), step(client, seconds, nowNs));
                }
            }
        }
        seen = next;
        consumers = nextConsumers;
        lastNs = nowNs;
        startTime = stats.startTime();
    }

    private Seen step(String key, Counts now, double seconds) {
        Seen before = seen.get(key);
        if (before == null) return new Seen(now, Rate.NONE);
        Rate latest =
                new Rate(
                        per(now.messages() - before.counts.messages(), seconds),
                        per(now.left() - before.counts.left(), seconds),
                        per(now.timedOut() - before.counts.timedOut(), seconds),
                        per(now.requeued() - before.counts.requeued(), seconds));
        return new Seen(now, before.rate.towards(latest, weight(seconds)));
    }

    private Consumer step(NodeAnswer.Client client, double seconds, long nowNs) {
        Consumer before = consumers.get(client.key());
        if (before == null) return new Consumer(client.finishCount(), 0, nowNs, false);
        long finished = client.finishCount() - before.finished;
        Rate old = new Rate(0, before.perSecond, 0, 0);
        Rate now = new Rate(0, per(finished, seconds), 0, 0);
        return new Consumer(
                client.finishCount(),
                old.towards(now, weight(seconds)).out(),
                finished > 0 ? nowNs : before.finishedNs,
                before.sinceStart || finished > 0);
    }

    private static double per(long difference, double seconds) {
        return Math.max(0, difference) / seconds;
    }

    private static double weight(double seconds) {
        return 1 - Math.exp(-seconds * 1e9 / SMOOTHING_NS);
    }

    Rate of(String topic) {
        Seen entry = seen.get(topic);
        return entry == null ? Rate.NONE : entry.rate;
    }

    Rate of(String topic, String channel) {
        return of(key(topic, channel));
    }

    Consumer of(NodeAnswer.Client client) {
        return consumers.get(client.key());
    }

    /** No name holds a slash. */
    private static String key(String topic, String channel) {
        return topic + "/" + channel;
    }
}
