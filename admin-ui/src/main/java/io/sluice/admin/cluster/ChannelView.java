package io.sluice.admin.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A channel of all daemons that have it. */
public final class ChannelView {
    private final String topic;
    private final String name;
    private final Map<String, OnNode> nodes = new LinkedHashMap<>();
    private final List<Consumer> consumers = new ArrayList<>();
    private Counts counts = Counts.NONE;

    /** What one daemon has of it. */
    public record OnNode(QueueNode node, NodeAnswer.Channel channel, Counts counts) {}

    /**
     * A consumer on one daemon.
     *
     * @param finishedPerSecond smoothed over some seconds
     * @param idleNs since it last finished a message, as far as it has been watched
     * @param everFinished whether it has been seen finishing one, and {@code idleNs} is exact
     */
    public record Consumer(
            QueueNode node,
            NodeAnswer.Client client,
            double finishedPerSecond,
            long idleNs,
            boolean everFinished) {
        private static final long STUCK_NS = TimeUnit.SECONDS.toNanos(30);

        static Consumer of(QueueNode node, NodeAnswer.Client client, long nowNs) {
            Rates.Consumer seen = node.consumer(client);
            if (seen == null) return new Consumer(node, client, 0, 0, false);
            return new Consumer(
                    node, client, seen.perSecond(), nowNs - seen.finishedNs(), seen.sinceStart());
        }

        /** It holds messages and has finished none for half a minute. */
        public boolean isStuck() {
            return client.inFlightCount() > 0 && idleNs > STUCK_NS;
        }

        /** It holds all that it is ready for. */
        public boolean isSaturated() {
            return client.readyCount() > 0 && client.inFlightCount() >= client.readyCount();
        }
    }

    ChannelView(String topic, String name) {
        this.topic = topic;
        this.name = name;
    }

    void add(QueueNode node, NodeAnswer.Channel channel, Counts on, List<Consumer> clients) {
        nodes.put(node.address(), new OnNode(node, channel, on));
        counts = counts.plus(on);
        consumers.addAll(clients);
    }

    /** The name of its topic. */
    public String topic() {
        return topic;
    }

    /** Its own name. */
    public String name() {
        return name;
    }

    /** Its sums. */
    public Counts counts() {
        return counts;
    }

    /** Its daemons, by address. */
    public Collection<OnNode> nodes() {
        return nodes.values();
    }

    /** Its consumers on the daemons that answer. */
    public List<Consumer> consumers() {
        return consumers;
    }

    /** The daemons on which it is paused. */
    public int pausedNodes() {
        return (int) nodes.values().stream().filter(on -> on.channel().paused()).count();
    }

    /** True when it is paused wherever it is. */
    public boolean isPaused() {
        return !nodes.isEmpty() && pausedNodes() == nodes.size();
    }

    /**
     * When the oldest message was published that waits, nanoseconds since the epoch; 0 where no
     * daemon says.
     */
    public long oldestNs() {
        return nodes.values().stream()
                .mapToLong(on -> on.channel().oldestTimestamp())
                .filter(ns -> ns > 0)
                .min()
                .orElse(0);
    }

    /** Seconds until it is empty, if all goes on as it does; -1 when it does not get shorter. */
    public long drainSeconds() {
        double net = counts.rate().out() - counts.rate().in();
        if (counts.depth() == 0 || net < 0.1) return -1;
        return Math.round(counts.depth() / net);
    }
}
