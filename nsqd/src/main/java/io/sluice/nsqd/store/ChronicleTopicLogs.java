package io.sluice.nsqd.store;

import io.sluice.nsqd.core.TopicLogs;
import io.sluice.protocol.TopicName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The logs of the topics of one loop. Belongs to the loop. */
public final class ChronicleTopicLogs implements TopicLogs {
    private final LogStore store;
    private final StoreLoop loop;
    private final Map<TopicName, ChronicleTopicLog> logs = new HashMap<>();
    private boolean sweeping;

    /** Of topics that were deleted: whoever comes next has to wait until all is gone. */
    private final Map<TopicName, FileLane> lanes = new HashMap<>();

    ChronicleTopicLogs(LogStore store, StoreLoop loop) {
        this.store = store;
        this.loop = loop;
    }

    @Override
    public ChronicleTopicLog create(TopicName topic) {
        return open(topic, new SealedSegments(), 0);
    }

    /** The log of a former run, which goes on where that ended. */
    public ChronicleTopicLog open(Recovered recovered) {
        SealedSegments sealed = new SealedSegments();
        recovered.segments().forEach(sealed::addRecovered);
        return open(recovered.topic(), sealed, recovered.nextLsn());
    }

    private ChronicleTopicLog open(TopicName topic, SealedSegments sealed, long end) {
        ChronicleTopicLog log = new ChronicleTopicLog(this, home(topic), sealed, end);
        logs.put(topic, log);
        return log;
    }

    private LogHome home(TopicName topic) {
        FileLane lane = lanes.remove(topic);
        if (lane == null) lane = new FileLane(store.workers(), loop.tasks());
        Path directory = Directories.ofTopic(store.settings().dataPath(), topic);
        return new LogHome(topic, directory, store, loop, lane);
    }

    /** A log has a segment open: from now on it is looked after. */
    void opened(OpenSegments.Opened log) {
        store.openSegments().add(log);
        if (sweeping) return;
        sweeping = true;
        loop.timer().accept(this::sweep, store.settings().idleMs());
    }

    /** Closes what was not used since the last time. */
    private void sweep() {
        sweeping = false;
        for (ChronicleTopicLog log : logs.values()) sweeping |= log.sweep();
        if (sweeping) loop.timer().accept(this::sweep, store.settings().idleMs());
    }

    /** A log is closed. */
    void closed(TopicName topic, ChronicleTopicLog log) {
        logs.remove(topic, log);
    }

    /** A log is being deleted. */
    void deleting(TopicName topic, ChronicleTopicLog log, FileLane lane) {
        logs.remove(topic, log);
        lanes.put(topic, lane);
    }

    /** All of a log is gone. */
    void deleted(TopicName topic, FileLane lane) {
        if (lane.isIdle()) lanes.remove(topic, lane);
    }
}
