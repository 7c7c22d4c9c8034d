package io.sluice.client.tools;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The counts of a channel, as one daemon states them or as the sum of several. */
record ChannelTotals(
        long depth,
        long backendDepth,
        long inFlight,
        long deferred,
        long requeued,
        long timedOut,
        long messages,
        long clients) {
    /** The two lines above the columns. */
    static final String HEADER =
            "------rate------+----------------depth----------------+--------------metadata------"
                    + "---------\n"
                    + "ingress  egress |   total     mem    disk inflt   def |"
                    + "     req     t-o         msgs clients";

    private static final ChannelTotals NONE = new ChannelTotals(0, 0, 0, 0, 0, 0, 0, 0);

    /** The sum of what a daemon's {@code /stats} says of a channel; null when it has none such. */
    static ChannelTotals of(Map<?, ?> stats, String topic, String channel) {
        ChannelTotals sum = null;
        for (Map<?, ?> t : objects(stats.get("topics"))) {
            if (!topic.equals(t.get("topic_name"))) continue;
            for (Map<?, ?> c : objects(t.get("channels"))) {
                if (channel.equals(c.get("channel_name"))) sum = of(c).plus(sum);
            }
        }
        return sum;
    }

    private static List<Map<?, ?>> objects(Object list) {
        if (!(list instanceof List<?> elements)) return List.of();
        return elements.stream()
                .filter(Map.class::isInstance)
                .<Map<?, ?>>map(Map.class::cast)
                .toList();
    }

    private static ChannelTotals of(Map<?, ?> channel) {
        return new ChannelTotals(
                number(channel, "depth"),
                number(channel, "backend_depth"),
                number(channel, "in_flight_count"),
                number(channel, "deferred_count"),
                number(channel, "requeue_count"),
                number(channel, "timeout_count"),
                number(channel, "message_count"),
                clients(channel));
    }

    /** Daemons before version 1.2 give the list only. */
    private static long clients(Map<?, ?> channel) {
        return channel.containsKey("client_count")
                ? number(channel, "client_count")
                : objects(channel.get("clients")).size();
    }

    private static long number(Map<?, ?> channel, String name) {
        return channel.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** The sum; null counts as nothing. */
    ChannelTotals plus(ChannelTotals other) {
        ChannelTotals more = other == null ? NONE : other;
        return new ChannelTotals(
                depth + more.depth,
                backendDepth + more.backendDepth,
                inFlight + more.inFlight,
                deferred + more.deferred,
                requeued + more.requeued,
                timedOut + more.timedOut,
                messages + more.messages,
                clients + more.clients);
    }

    /** The line below {@link #HEADER}, when {@code before} was so long ago. */
    String line(ChannelTotals before, Duration interval) {
        double seconds = interval.toNanos() / 1e9;
        long arrived = messages - before.messages;
        return String.format(
                Locale.ROOT,
                "%7d %7d | %7d %7d %7d %5d %5d | %7d %7d %12d %7d",
                (long) (arrived / seconds),
                (long) ((arrived - (depth - before.depth)) / seconds),
                depth,
                depth - backendDepth,
                backendDepth,
                inFlight,
                deferred,
                requeued,
                timedOut,
                messages,
                clients);
    }
}
