package io.sluice.nsqd.stats;

import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.ClientLink;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.ClientStats;
import io.sluice.nsqd.core.DeliveryCounts;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LatencyStats;
import io.sluice.nsqd.core.Oldest;
import io.sluice.nsqd.core.StoreStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * What was captured of NSQ: a consumer with three messages in flight and one deferred, a producer,
 * a paused topic and a paused channel.
 */
final class SampleStats {
    static final OffsetDateTime START_TIME = OffsetDateTime.parse("2026-11-20T11:03:22.9Z");
    static final MemoryStats MEMORY =
            new MemoryStats(2874, 1884160, 1818624, 1851392, 3000, 2000, 1000, 4194304, 7);
    static final TopicName ORDERS = new TopicName("orders");

    static final Oldest NOT_KNOWN = new Oldest(0, 0);
    static final StoreStats IN_MEMORY = new StoreStats(Durability.MEM, null, 0, 0);

    private SampleStats() {}

    static StatsSnapshot all() {
        return new StatsSnapshot(
                "OK",
                START_TIME,
                START_TIME.toInstant().plusNanos(465_945_352),
                List.of(
                        topic("orders", 0, 6, 24, false, List.of(archive(), billing())),
                        topic("other", 1, 1, 2, true, List.of()),
                        topic("third", 1, 1, 2, false, List.of())),
                List.of(producer()),
                MEMORY);
    }

    static StatsSnapshot none() {
        return new StatsSnapshot(
                "NOK - disk", START_TIME, START_TIME.toInstant(), null, null, null);
    }

    static TopicStats topic(
            String name,
            int depth,
            long messageCount,
            long messageBytes,
            boolean paused,
            List<ChannelStats> channels) {
        return new TopicStats(
                new TopicName(name),
                depth,
                0,
                0,
                messageCount,
                messageBytes,
                0,
                paused,
                IN_MEMORY,
                channels,
                LatencyStats.NONE);
    }

    static ChannelStats archive() {
        return new ChannelStats(
                new ChannelName("archive"),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                new DeliveryCounts(0, 0, 0),
                0,
                0,
                0,
                0,
                NOT_KNOWN,
                0,
                true,
                0,
                List.of(),
                LatencyStats.NONE);
    }

    static ChannelStats billing() {
        return channel("billing", 1, List.of(consumer()));
    }

    static ChannelStats channel(String name, int clientCount, List<ClientStats> clients) {
        return new ChannelStats(
                new ChannelName(name),
                1,
                0,
                3,
                1,
                6,
                1,
                0,
                new DeliveryCounts(0, 0, 5),
                0,
                0,
                0,
                0,
                NOT_KNOWN,
                0,
                false,
                clientCount,
                clients,
                LatencyStats.NONE);
    }

    static ClientStats consumer() {
        ClientSettings settings = settings(1, "cons1", "chost", 49532);
        return new ClientStats(settings, ClientStats.SUBSCRIBED, 3, 3, 5, 1, 1, Map.of());
    }

    static ClientStats producer() {
        return publisher(settings(2, "prod1", "phost", 49520), Map.of(ORDERS, 6L));
    }

    static ClientStats publisher(ClientSettings settings, Map<TopicName, Long> counts) {
        return new ClientStats(settings, ClientStats.INIT, 0, 0, 0, 0, 0, counts);
    }

    static ClientSettings settings(long connection, String id, String host, int port) {
        long connectedNs = START_TIME.toEpochSecond() * 1_000_000_000L + 999_999_999;
        String address = "127.0.0.1:" + port;
        return new ClientSettings(
                connection,
                connectedNs,
                address,
                id,
                host,
                "demo/1.0",
                "",
                "",
                0,
                0,
                0,
                0,
                0,
                ClientLink.PLAIN);
    }
}
