package io.sluice.admin.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the cluster, its topics and channels went on: in memory only, up to a fixed number of them,
 * about 16 KiB each.
 */
public final class History {
    /** The topics and channels of which history is kept, beside the cluster itself. */
    public static final int MAX_SERIES = 4000;

    /** The names of the numbers, in the order in which they are kept. */
    public static final List<String> NAMES =
            List.of("depth", "in_flight", "in", "out", "timeouts", "requeues");

    private static final String CLUSTER = "";

    private final Map<String, Series> series = new HashMap<>();

    /** Points of one step each, oldest first; NaN is a gap. */
    public record Chart(int stepSeconds, long endSeconds, Map<String, float[]> values) {}

    /** A range that can be asked for. */
    public enum Range {
        /** Five minutes. */
        MINUTES(Series.FINE_S, 30),
        /** An hour. */
        HOUR(Series.FINE_S, 360),
        /** A day. */
        DAY(Series.COARSE_S, 288);

        private final int step;
        private final int points;

        Range(int step, int points) {
            this.step = step;
            this.points = points;
        }

        /** The range of 5m, 1h or 24h; null when it is none of them. */
        public static Range of(String text) {
            return switch (text) {
                case "5m" -> MINUTES;
                case "1h" -> HOUR;
                case "24h" -> DAY;
                default -> null;
            };
        }
    }

    /** Takes down what is there now; to be called about every ten seconds. */
    public void record(ClusterView view, long nowS) {
        if (view.nothingAnswers()) return;
        record(CLUSTER, view.totals(), nowS);
        for (TopicView topic : view.topics()) {
            if (topic.nodes().isEmpty()) continue;
            Counts channels = topic.channelCounts();
            Counts own = topic.counts();
            Counts.Rate rate = channels.rate();
            Counts.Rate through =
                    new Counts.Rate(own.rate().in(), rate.out(), rate.timeouts(), rate.requeues());
            Counts sum =
                    new Counts(
                            own.depth() + channels.depth(),
                            0,
                            channels.inFlight(),
                            0,
                            0,
                            0,
                            0,
                            0,
                            through);
            record(topic.name(), sum, nowS);
            for (ChannelView channel : topic.channels()) {
                if (channel.nodes().stream()
                        .allMatch(on -> on.node().asked().isSilent(view.nowNs()))) {
                    continue;
                }
                record(topic.name() + "/" + channel.name(), channel.counts(), nowS);
            }
        }
    }

    private void record(String key, Counts counts, long nowS) {
        Series one = series.get(key);
        if (one == null) {
            if (series.size() > MAX_SERIES && !dropOldest(nowS)) return;
            one = new Series();
            series.put(key, one);
        }
        one.record(nowS, counts);
    }

    /** Makes room by forgetting one that is no longer there; false when all still are. */
    private boolean dropOldest(long nowS) {
        String oldest = null;
        for (Map.Entry<String, Series> entry : series.entrySet()) {
            long lastS = entry.getValue().lastS();
            if (nowS - lastS > 3 * Series.FINE_S
                    && (oldest == null || lastS < series.get(oldest).lastS())) {
                oldest = entry.getKey();
            }
        }
        return oldest != null && series.remove(oldest) != null;
    }

    /**
     * A chart of the cluster when both names are empty, of a topic when the channel is; null when
     * nothing is kept of it.
     */
    public Chart chart(String topic, String channel, Range range, long nowS) {
        Series one = series.get(channel.isEmpty() ? topic : topic + "/" + channel);
        if (one == null) return null;
        Map<String, float[]> values = new HashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            boolean fine = range.step == Series.FINE_S;
            values.put(NAMES.get(i), one.read(i, nowS, range.points, fine));
        }
        return new Chart(range.step, nowS / range.step * range.step, values);
    }

    /** The depth of a topic in the last five minutes; null when nothing is kept of it. */
    public float[] spark(String topic, long nowS) {
        Series one = series.get(topic);
        return one == null ? null : one.read(0, nowS, Range.MINUTES.points, true);
    }
}
