package io.sluice.nsqd;

import io.sluice.daemon.GoDuration;
import io.sluice.daemon.StartException;
import io.sluice.nsqd.core.BacklogLimits;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.MemoryLimits;
import io.sluice.nsqd.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Flags of what is kept where: in memory, on disk, and how safely. */
final class StoreOptions {
    /** Of the heap, for messages, when nobody says how much. */
    private static final int HEAP_SHARE = 3;

    private static final String REJECT = "reject";
    private static final String DROP_OLDEST = "drop-oldest";
    private static final long MIN_FILE_BYTES = 1024 * 1024;

    @Option(names = "--data-path", defaultValue = "", description = "path for messages on disk")
    String dataPath;

    @Option(
            names = "--durability",
            defaultValue = "mem",
            description =
                    "what an OK survives: mem (what fits in memory is in memory only), os (kill -9)"
                            + " or fsync (loss of power)")
    String durability;

    @Option(
            names = "--mem-queue-size",
            defaultValue = "10000",
            description = "messages that a topic, and each channel, holds in memory")
    int memQueueSize;

    @Option(
            names = "--mem-queue-bytes",
            defaultValue = "0",
            description = "bytes that all messages in memory may take; 0 for a third of the heap")
    long memQueueBytes;

    @Option(
            names = "--min-free-disk",
            defaultValue = "67108864",
            description = "bytes that must stay free on disk: what would take them is refused")
    long minFreeDisk;

    @Option(
            names = "--max-bytes-per-file",
            defaultValue = "104857600",
            description = "bytes per file on disk before rolling")
    long maxBytesPerFile;

    @Option(
            names = "--max-open-logs",
            defaultValue = "1000",
            description = "topics that have a file open for writing at the same time")
    int maxOpenLogs;

    @Option(
            names = "--sync-every",
            defaultValue = "2500",
            description = "messages on disk after which they are synced, even below level fsync")
    long syncEvery;

    @Option(
            names = "--sync-timeout",
            defaultValue = "2s",
            converter = GoDuration.class,
            description = "time after which what is on disk is synced, even below level fsync")
    Duration syncTimeout;

    @Option(
            names = "--max-backlog-messages",
            defaultValue = "0",
            description = "messages that may wait in a channel; 0 for no limit")
    long maxBacklogMessages;

    @Option(
            names = "--max-backlog-bytes",
            defaultValue = "0",
            description = "bytes that a topic may have on disk; 0 for no limit")
    long maxBacklogBytes;

    @Option(
            names = "--max-backlog-age",
            defaultValue = "0s",
            converter = GoDuration.class,
            description = "time that a message may wait until it is dropped; 0 for no limit")
    Duration maxBacklogAge;

    @Option(
            names = "--backlog-policy",
            defaultValue = REJECT,
            description =
                    "at --max-backlog-messages or --max-backlog-bytes: reject what is new, or"
                            + " drop-oldest")
    String backlogPolicy;

    Path dataPath() {
        return Path.of(dataPath.isEmpty() ? "." : dataPath);
    }

    Durability durability() {
        for (Durability level : Durability.values()) if (level.isCalled(durability)) return level;
        throw StartException.badFlag(
                "--durability",
                "must be one of "
                        + Arrays.stream(Durability.values())
                                .map(Durability::toString)
                                .collect(Collectors.joining(", "))
                        + ", not "
                        + durability);
    }

    MemoryLimits memory(int loops) {
        long bytes =
                memQueueBytes == 0 ? Runtime.getRuntime().maxMemory() / HEAP_SHARE : memQueueBytes;
        return MemoryLimits.of(memQueueSize, Math.max(1, bytes / loops));
    }

    StoreSettings storeSettings() {
        return new StoreSettings(
                dataPath(),
                maxBytesPerFile,
                minFreeDisk,
                maxOpenLogs,
                StoreSettings.DEFAULT_MAX_PENDING_BYTES,
                syncEvery,
                syncTimeout.toMillis(),
                StoreSettings.DEFAULT_IDLE_MS);
    }

    BacklogLimits backlog() {
        return new BacklogLimits(
                maxBacklogMessages,
                maxBacklogBytes,
                maxBacklogAge.toNanos(),
                backlogPolicy.equals(DROP_OLDEST));
    }

    void validate() {
        durability();
        atLeast("--max-backlog-messages", maxBacklogMessages, 0);
        atLeast("--max-backlog-bytes", maxBacklogBytes, 0);
        if (maxBacklogAge.isNegative()) {
            throw StartException.badFlag("--max-backlog-age", "must not be negative");
        }
        if (!backlogPolicy.equals(REJECT) && !backlogPolicy.equals(DROP_OLDEST)) {
            throw StartException.badFlag(
                    "--backlog-policy",
                    "must be " + REJECT + " or " + DROP_OLDEST + ", not " + backlogPolicy);
        }
        atLeast("--mem-queue-size", memQueueSize, 0);
        atLeast("--mem-queue-bytes", memQueueBytes, 0);
        atLeast("--min-free-disk", minFreeDisk, 0);
        atLeast("--max-bytes-per-file", maxBytesPerFile, MIN_FILE_BYTES);
        atLeast("--max-open-logs", maxOpenLogs, 1);
        atLeast("--sync-every", syncEvery, 1);
        if (syncTimeout.toMillis() < 1) {
            throw StartException.badFlag(
                    "--sync-timeout", "must be 1ms or more, not " + GoDuration.format(syncTimeout));
        }
    }

    private static void atLeast(String flag, long value, long min) {
        if (value >= min) return;
        throw StartException.badFlag(flag, "must be " + min + " or more, not " + value);
    }
}
