package io.sluice.nsqd.store;

import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** What all logs of a daemon share. For all loops. */
public final class LogStore {
    private final StoreSettings settings;
    private final Executor workers;
    private final Executor readers;
    private final DiskSpace disk;
    private final OpenSegments openSegments;
    private final PendingBudget pending;
    private final Map<TopicName, String> troubles = new ConcurrentHashMap<>();

    /**
     * Opens nothing yet.
     *
     * @param workers create, force and delete files; each topic keeps one of them busy at most
     * @param readers read
     * @param nanoTime a clock that only goes on
     */
    public LogStore(
            StoreSettings settings, Executor workers, Executor readers, LongSupplier nanoTime)
            throws IOException {
        this.settings = settings;
        this.workers = workers;
        this.readers = readers;
        this.disk = new DiskSpace(settings.dataPath(), settings.minFreeBytes(), nanoTime);
        this.openSegments = new OpenSegments(settings.maxOpenSegments());
        this.pending = new PendingBudget(settings.maxPendingBytes());
    }

    /** The logs of one loop. */
    public ChronicleTopicLogs logs(StoreLoop loop) {
        return new ChronicleTopicLogs(this, loop);
    }

    /** Why messages cannot be stored at present; null when all is well. */
    public String trouble() {
        String shortage = disk.shortage();
        if (shortage != null) return shortage;
        for (Map.Entry<TopicName, String> trouble : troubles.entrySet()) {
            return "topic " + trouble.getKey() + ": " + trouble.getValue();
        }
        return null;
    }

    /** Segments that are open for writing. */
    public int openSegmentCount() {
        return openSegments.count();
    }

    StoreSettings settings() {
        return settings;
    }

    Executor workers() {
        return workers;
    }

    Executor readers() {
        return readers;
    }

    DiskSpace disk() {
        return disk;
    }

    OpenSegments openSegments() {
        return openSegments;
    }

    PendingBudget pending() {
        return pending;
    }

    /** A topic is in trouble, or with null it is no longer. */
    void trouble(TopicName topic, String reason) {
        if (reason == null) troubles.remove(topic);
        else troubles.put(topic, reason);
    }
}
