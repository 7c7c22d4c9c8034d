package io.sluice.nsqd.stats;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.sluice.daemon.metrics.Family;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.LatencyStats;
import io.sluice.nsqd.core.TopicStats;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Topics and channels as metrics (spec/metrics.md). */
public final class NsqdMetrics {
    private static final double NS_PER_S = 1e9;

    private final StatsSnapshot stats;
    private final List<Supplier<MetricSnapshot>> families = new ArrayList<>();

    private NsqdMetrics(StatsSnapshot stats) {
        this.stats = stats;
    }

    /** The families; each is made when it is asked for. */
    public static List<Supplier<MetricSnapshot>> families(StatsSnapshot stats) {
        NsqdMetrics metrics = new NsqdMetrics(stats);
        metrics.addDaemon();
        metrics.addTopics();
        metrics.addChannels();
        return metrics.families;
    }

    private void addDaemon() {
        families.add(
                () ->
                        new Family("nsqd_healthy", "1 while messages can be stored, else 0.")
                                .add(stats.health().equals("OK") ? 1 : 0)
                                .gauge());
        families.add(
                () ->
                        new Family("nsqd_topics", "Topics there are.")
                                .add(stats.topics().size())
                                .gauge());
    }

    private void addTopics() {
        topicGauge("depth_messages", "Messages waiting in the topic itself.", TopicStats::depth);
        topicGauge(
                "backend_depth_messages",
                "Those of them that are on disk only.",
                TopicStats::diskDepth);
        families.add(this::topicOldest);
        topicCounter("messages", "Messages published.", TopicStats::messageCount);
        topicCounter("message_bytes", "Bytes of their bodies.", TopicStats::messageBytes);
        topicCounter(
                "dropped_messages",
                "Messages that were dropped before they reached a channel.",
                TopicStats::droppedCount);
        topicGauge("disk_bytes", "Size of the topic's log.", t -> t.store().diskBytes());
        topicCounter(
                "damaged_entries",
                "Entries of the log that could not be read.",
                t -> t.store().damagedCount());
        topicGauge("paused", "1 while the topic is paused.", t -> t.paused() ? 1 : 0);
        families.add(this::topicLatency);
    }

    private void addChannels() {
        channelGauge("depth_messages", "Messages waiting.", ChannelStats::depth);
        channelGauge(
                "backend_depth_messages",
                "Those of them that are on disk only.",
                ChannelStats::diskDepth);
        channelGauge("in_flight_messages", "Messages in flight.", ChannelStats::inFlightCount);
        channelGauge("deferred_messages", "Messages deferred.", ChannelStats::deferredCount);
        channelCounter("messages", "Messages from the topic.", ChannelStats::messageCount);
        channelCounter(
                "deliveries",
                "Messages sent to consumers, repetitions included.",
                channel -> channel.deliveries().total());
        channelCounter("requeued_messages", "REQs.", ChannelStats::requeueCount);
        channelCounter(
                "timed_out_messages",
                "Messages that no consumer finished in time.",
                ChannelStats::timeoutCount);
        families.add(this::channelDrops);
        channelTime(
                "oldest_message",
                "When the oldest message that waits was published.",
                channel -> channel.oldest().waitingNs());
        channelTime(
                "oldest_in_flight",
                "When the oldest message in flight was published.",
                channel -> channel.oldest().inFlightNs());
        channelGauge("held_bytes", "Disk that this channel keeps.", ChannelStats::heldBytes);
        channelGauge("clients", "Consumers.", ChannelStats::clientCount);
        channelGauge("paused", "1 while the channel is paused.", c -> c.paused() ? 1 : 0);
        families.add(this::channelLatency);
    }

    private Family topics(String name, String help, ToDoubleFunction<TopicStats> value) {
        Family family = new Family("nsqd_topic_" + name, help);
        for (TopicStats topic : stats.topics()) {
            family.add(value.applyAsDouble(topic), "topic", topic.name().value());
        }
        return family;
    }

    private void topicGauge(String name, String help, ToDoubleFunction<TopicStats> value) {
        families.add(() -> topics(name, help, value).gauge());
    }

    private void topicCounter(String name, String help, ToDoubleFunction<TopicStats> value) {
        families.add(() -> topics(name, help, value).counter());
    }

    /** Where nothing waits, or nobody knows, there is no time. */
    private MetricSnapshot topicOldest() {
        Family family =
                new Family(
                        "nsqd_topic_oldest_message_timestamp_seconds",
                        "When the oldest message that waits in the topic itself was published.");
        for (TopicStats topic : stats.topics()) {
            if (topic.oldestNs() == 0) continue;
            family.add(topic.oldestNs() / NS_PER_S, "topic", topic.name().value());
        }
        return family.gauge();
    }

    private Family channels(String name, String help, ToDoubleFunction<ChannelStats> value) {
        Family family = new Family("nsqd_channel_" + name, help);
        for (TopicStats topic : stats.topics()) {
            for (ChannelStats channel : topic.channels()) {
                add(family, topic, channel, value.applyAsDouble(channel));
            }
        }
        return family;
    }

    private static void add(Family to, TopicStats topic, ChannelStats channel, double value) {
        to.add(value, "topic", topic.name().value(), "channel", channel.name().value());
    }

    private void channelTime(String name, String help, ToLongFunction<ChannelStats> ns) {
        families.add(() -> channelTimes(name, help, ns));
    }

    private MetricSnapshot channelTimes(String name, String help, ToLongFunction<ChannelStats> ns) {
        Family family = new Family("nsqd_channel_" + name + "_timestamp_seconds", help);
        for (TopicStats topic : stats.topics()) {
            for (ChannelStats channel : topic.channels()) {
                long timeNs = ns.applyAsLong(channel);
                if (timeNs != 0) add(family, topic, channel, timeNs / NS_PER_S);
            }
        }
        return family.gauge();
    }

    private void channelGauge(String name, String help, ToDoubleFunction<ChannelStats> value) {
        families.add(() -> channels(name, help, value).gauge());
    }

    private void channelCounter(String name, String help, ToDoubleFunction<ChannelStats> value) {
        families.add(() -> channels(name, help, value).counter());
    }

    private MetricSnapshot channelDrops() {
        Family family =
                new Family("nsqd_channel_dropped_messages", "Messages dropped, by the reason.");
        for (TopicStats topic : stats.topics()) {
            for (ChannelStats channel : topic.channels()) {
                addDrops(family, topic, channel, "full", channel.droppedCount());
                addDrops(family, topic, channel, "sampled_out", channel.sampledOutCount());
                addDrops(family, topic, channel, "evicted", channel.evictedCount());
                addDrops(family, topic, channel, "expired", channel.expiredCount());
            }
        }
        return family.counter();
    }

    /** Most channels never drop anything: only what has happened is told. */
    private static void addDrops(
            Family family, TopicStats topic, ChannelStats channel, String reason, long count) {
        if (count == 0) return;
        String topicName = topic.name().value();
        String channelName = channel.name().value();
        family.add(count, "topic", topicName, "channel", channelName, "reason", reason);
    }

    private MetricSnapshot topicLatency() {
        SummarySnapshot.Builder family = latency("topic");
        for (TopicStats topic : stats.topics()) {
            add(family, topic.latency(), Labels.of("topic", topic.name().value()));
        }
        return family.build();
    }

    private MetricSnapshot channelLatency() {
        SummarySnapshot.Builder family = latency("channel");
        for (TopicStats topic : stats.topics()) {
            for (ChannelStats channel : topic.channels()) {
                String topicName = topic.name().value();
                String channelName = channel.name().value();
                add(
                        family,
                        channel.latency(),
                        Labels.of("topic", topicName, "channel", channelName));
            }
        }
        return family.build();
    }

    private static SummarySnapshot.Builder latency(String of) {
        return SummarySnapshot.builder()
                .name("nsqd_" + of + "_e2e_processing_latency_seconds")
                .help("Time from publication to FIN, of late.");
    }

    private static void add(SummarySnapshot.Builder family, LatencyStats latency, Labels labels) {
        if (latency.percentiles() == null) return;
        Quantiles.Builder quantiles = Quantiles.builder();
        for (LatencyStats.Percentile percentile : latency.percentiles()) {
            quantiles.quantile(
                    new Quantile(percentile.quantile(), percentile.valueNs() / NS_PER_S));
        }
        family.dataPoint(
                SummaryDataPointSnapshot.builder()
                        .labels(labels)
                        .quantiles(quantiles.build())
                        .build());
    }
}
