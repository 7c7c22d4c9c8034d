package io.sluice.nsqd.stats;

import static java.util.stream.Collectors.joining;

import io.sluice.daemon.GoDuration;
import io.sluice.daemon.Version;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.ClientStats;
import io.sluice.nsqd.core.LatencyStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Statistics as a text for people, laid out as by NSQ (spec/http.md). */
public final class StatsText {
    private static final String TOPIC =
            "\n%s[%-15s] depth: %-5d be-depth: %-5d msgs: %-8d e2e%%: %s\n";
    private static final String CHANNEL =
            "%s[%-25s] depth: %-5d be-depth: %-5d inflt: %-4d def: %-4d re-q: %-5d timeout: %-5d"
                    + " msgs: %-8d e2e%%: %s\n";
    private static final String PRODUCER = "[V2 %-21s] msgs: %-8d topics: %s connected: %s\n";
    private static final String CONSUMER =
            "[V2 %-21s] state: %d inflt: %-4d rdy: %-4d fin: %-8d re-q: %-8d msgs: %-8d"
                    + " connected: %s\n";

    private final StatsSnapshot stats;
    private final StringBuilder out = new StringBuilder();

    private StatsText(StatsSnapshot stats) {
        this.stats = stats;
    }

    /** The text, with a line feed after each line. */
    public static String render(StatsSnapshot stats) {
        StatsText text = new StatsText(stats);
        text.writeDaemon();
        if (stats.memory() != null) text.write(stats.memory());
        text.writeTopics();
        text.writeProducers();
        return text.out.toString();
    }

    private void print(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }

    private void writeDaemon() {
        Duration uptime = Duration.between(stats.startTime().toInstant(), stats.takenAt());
        String startTime =
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        stats.startTime().truncatedTo(ChronoUnit.SECONDS));
        print("%s\n", Version.line("nsqd"));
        print("start_time %s\n", startTime);
        print("uptime %s\n", GoDuration.format(uptime));
        print("\nHealth: %s\n", stats.health());
    }

    private void write(MemoryStats memory) {
        print("\nMemory:\n");
        writeMemory("heap_objects", memory.heapObjects());
        writeMemory("heap_idle_bytes", memory.heapIdleBytes());
        writeMemory("heap_in_use_bytes", memory.heapInUseBytes());
        writeMemory("heap_released_bytes", memory.heapReleasedBytes());
        writeMemory("gc_pause_usec_100", memory.gcPauseUsec100());
        writeMemory("gc_pause_usec_99", memory.gcPauseUsec99());
        writeMemory("gc_pause_usec_95", memory.gcPauseUsec95());
        writeMemory("next_gc_bytes", memory.nextGcBytes());
        writeMemory("gc_total_runs", memory.gcTotalRuns());
    }

    private void writeMemory(String name, long value) {
        print("   %-25s\t%d\n", name, value);
    }

    private void writeTopics() {
        if (stats.topics() == null || stats.topics().isEmpty()) {
            print("\nTopics: None\n");
            return;
        }
        print("\nTopics:");
        for (TopicStats topic : stats.topics()) {
            print(
                    TOPIC,
                    topic.paused() ? "*P " : "   ",
                    topic.name(),
                    topic.depth(),
                    topic.diskDepth(),
                    topic.messageCount(),
                    latency(topic.latency()));
            for (ChannelStats channel : topic.channels()) write(channel);
        }
    }

    private void write(ChannelStats channel) {
        print(
                CHANNEL,
                channel.paused() ? "   *P " : "      ",
                channel.name(),
                channel.depth(),
                channel.diskDepth(),
                channel.inFlightCount(),
                channel.deferredCount(),
                channel.requeueCount(),
                channel.timeoutCount(),
                channel.messageCount(),
                latency(channel.latency()));
        if (channel.clients() == null) return;
        for (ClientStats client : channel.clients()) {
            out.append("        ");
            write(client);
        }
    }

    private static String latency(LatencyStats latency) {
        if (latency.percentiles() == null) return "";
        return latency.percentiles().stream()
                .map(percentile -> oneDecimal(percentile.valueNs()))
                .collect(joining(", "));
    }

    private static String oneDecimal(double ns) {
        if (ns <= 1e3) return String.format(Locale.ROOT, "%.1fns", ns);
        if (ns <= 1e6) return String.format(Locale.ROOT, "%.1fus", ns / 1e3);
        if (ns <= 1e9) return String.format(Locale.ROOT, "%.1fms", ns / 1e6);
        return String.format(Locale.ROOT, "%.1fs", ns / 1e9);
    }

    private void writeProducers() {
        if (stats.producers() == null) {
            print("\nProducers: None\n");
            return;
        }
        print("\nProducers:\n");
        for (ClientStats producer : stats.producers()) {
            out.append("   ");
            write(producer);
        }
    }

    /** Who has published is shown as a producer, also where consumers are listed. */
    private void write(ClientStats client) {
        Map<TopicName, Long> published = client.publishCounts();
        if (published.isEmpty()) {
            print(
                    CONSUMER,
                    label(client.settings()),
                    client.state(),
                    client.inFlightCount(),
                    client.readyCount(),
                    client.finishCount(),
                    client.requeueCount(),
                    client.messageCount(),
                    connected(client.settings()));
        } else {
            print(
                    PRODUCER,
                    label(client.settings()),
                    published.values().stream().mapToLong(Long::longValue).sum(),
                    published.entrySet().stream()
                            .map(count -> count.getKey() + "=" + count.getValue())
                            .collect(joining(",")),
                    connected(client.settings()));
        }
    }

    private static String label(ClientSettings client) {
        String address = client.remoteAddress();
        // None, for who came by a unix socket.
        String port = address.substring(Math.max(0, address.lastIndexOf(':')));
        return client.hostname() + port + " " + client.userAgent();
    }

    private String connected(ClientSettings client) {
        Instant since = Instant.ofEpochSecond(client.connectedNs() / 1_000_000_000L);
        Duration connected = Duration.between(since, stats.takenAt());
        return GoDuration.format(connected.truncatedTo(ChronoUnit.SECONDS));
    }
}
