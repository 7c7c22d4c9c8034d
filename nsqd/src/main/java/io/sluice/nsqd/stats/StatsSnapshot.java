package io.sluice.nsqd.stats;

import io.sluice.nsqd.core.ClientStats;
import io.sluice.nsqd.core.TopicStats;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * What {@code /stats} shows, whatever the format.
 *
 * @param health OK, or NOK and why
 * @param startTime of the daemon, with the offset in which it is shown
 * @param takenAt the moment that durations run up to
 * @param topics by name; null when the only topic asked for does not exist
 * @param producers null when there is none to show
 * @param memory null when not asked for
 */
public record StatsSnapshot(
        String health,
        OffsetDateTime startTime,
        Instant takenAt,
        List<TopicStats> topics,
        List<ClientStats> producers,
        MemoryStats memory) {}
