package io.sluice.admin.cluster;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A topic of all daemons that have it; of none when only lookup nodes know its name. */
public final class TopicView {
    private final String name;
    private final Map<String, OnNode> nodes = new LinkedHashMap<>();
    private final Map<String, ChannelView> channels = new TreeMap<>();
    private Counts counts = Counts.NONE;

    /** What one daemon has of it. */
    public record OnNode(QueueNode node, NodeAnswer.Topic topic, Counts counts) {}

    TopicView(String name) {
        this.name = name;
    }

    void add(QueueNode node, NodeAnswer.Topic topic, Counts on) {
        nodes.put(node.address(), new OnNode(node, topic, on));
        counts = counts.plus(on);
    }

    ChannelView channel(String channel) {
        return channels.computeIfAbsent(channel, key -> new ChannelView(name, key));
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What waits in the topic itself, without its channels. */
    public Counts counts() {
        return counts;
    }

    /** The sum of its channels. */
    public Counts channelCounts() {
        Counts sum = Counts.NONE;
        for (ChannelView channel : channels.values()) sum = sum.plus(channel.counts());
        return sum;
    }

    /** Its daemons, by address. */
    public Collection<OnNode> nodes() {
        return nodes.values();
    }

    /** Its channels, by name. */
    public Collection<ChannelView> channels() {
        return channels.values();
    }

    /** One of its channels; null when no daemon has it. */
    public ChannelView find(String channel) {
        return channels.get(channel);
    }

    /** The daemons on which it is paused. */
    public int pausedNodes() {
        return (int) nodes.values().stream().filter(on -> on.topic().paused()).count();
    }

    /** The channel in which most waits; null when it has none. */
    public ChannelView worst() {
        ChannelView worst = null;
        for (ChannelView channel : channels.values()) {
            if (worst == null || channel.counts().depth() > worst.counts().depth()) {
                worst = channel;
            }
        }
        return worst;
    }
}
