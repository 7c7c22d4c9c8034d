package io.sluice.nsqd.stats;

import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.LatencyStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Statistics as statsd takes them (spec/metrics.md). Counters are told as what was added since the
 * batch before; so one of these has to make all batches.
 */
public final class StatsdLines {
    private final String prefix;
    private final boolean withEphemeral;
    private Map<TopicName, TopicStats> topicsBefore = Map.of();
    private long gcRunsBefore;
    private List<String> lines = new ArrayList<>();

    /**
     * Nothing has been told yet.
     *
     * @param prefix of all names, with the dot at its end; or empty
     * @param withEphemeral whether ephemeral topics and channels are told of
     */
    public StatsdLines(String prefix, boolean withEphemeral) {
        this.prefix = prefix;
        this.withEphemeral = withEphemeral;
    }

    /** The next batch, each line with its line feed. The memory is left out when it is null. */
    public List<String> next(List<TopicStats> topics, MemoryStats memory) {
        lines = new ArrayList<>();
        Map<TopicName, TopicStats> told = new HashMap<>();
        for (TopicStats topic : topics) {
            if (topic.name().isEphemeral() && !withEphemeral) continue;
            tell(topic, topicsBefore.get(topic.name()));
            told.put(topic.name(), topic);
        }
        topicsBefore = told;
        if (memory != null) tell(memory);
        return lines;
    }

    private void tell(TopicStats topic, TopicStats before) {
        String name = "topic." + topic.name() + ".";
        count(
                name + "message_count",
                topic.messageCount(),
                before == null ? 0 : before.messageCount());
        count(
                name + "message_bytes",
                topic.messageBytes(),
                before == null ? 0 : before.messageBytes());
        gauge(name + "depth", topic.depth());
        gauge(name + "backend_depth", topic.diskDepth());
        tell(name, topic.latency());
        Map<ChannelName, ChannelStats> channelsBefore = new HashMap<>();
        if (before != null) before.channels().forEach(c -> channelsBefore.put(c.name(), c));
        for (ChannelStats channel : topic.channels()) {
            if (channel.name().isEphemeral() && !withEphemeral) continue;
            tell(
                    name + "channel." + channel.name() + ".",
                    channel,
                    channelsBefore.get(channel.name()));
        }
    }

    private void tell(String name, ChannelStats channel, ChannelStats before) {
        count(
                name + "message_count",
                channel.messageCount(),
                before == null ? 0 : before.messageCount());
        gauge(name + "depth", channel.depth());
        gauge(name + "backend_depth", channel.diskDepth());
        gauge(name + "in_flight_count", channel.inFlightCount());
        gauge(name + "deferred_count", channel.deferredCount());
        count(
                name + "requeue_count",
                channel.requeueCount(),
                before == null ? 0 : before.requeueCount());
        count(
                name + "timeout_count",
                channel.timeoutCount(),
                before == null ? 0 : before.timeoutCount());
        gauge(name + "clients", channel.clientCount());
        tell(name, channel.latency());
    }

    private void tell(String name, LatencyStats latency) {
        if (latency.percentiles() == null) return;
        for (LatencyStats.Percentile percentile : latency.percentiles()) {
            String percent = String.format(Locale.ROOT, "%.0f", percentile.quantile() * 100);
            gauge(name + "e2e_processing_latency_" + percent, percentile.valueNs());
        }
    }

    private void tell(MemoryStats memory) {
        gauge("mem.heap_objects", memory.heapObjects());
        gauge("mem.heap_idle_bytes", memory.heapIdleBytes());
        gauge("mem.heap_in_use_bytes", memory.heapInUseBytes());
        gauge("mem.heap_released_bytes", memory.heapReleasedBytes());
        gauge("mem.gc_pause_usec_100", memory.gcPauseUsec100());
        gauge("mem.gc_pause_usec_99", memory.gcPauseUsec99());
        gauge("mem.gc_pause_usec_95", memory.gcPauseUsec95());
        gauge("mem.next_gc_bytes", memory.nextGcBytes());
        count("mem.gc_runs", memory.gcTotalRuns(), gcRunsBefore);
        gcRunsBefore = memory.gcTotalRuns();
    }

    private void count(String name, long now, long before) {
        // Fewer than before: it was deleted in between, and made anew.
        lines.add(prefix + name + ":" + (now < before ? now : now - before) + "|c\n");
    }

    private void gauge(String name, long value) {
        lines.add(prefix + name + ":" + value + "|g\n");
    }
}
