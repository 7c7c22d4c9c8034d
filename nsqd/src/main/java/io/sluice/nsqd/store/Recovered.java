package io.sluice.nsqd.store;

import io.sluice.protocol.TopicName;
import java.util.List;

/** What a former run has left of a topic's log, and what of it is lost. */
public final class Recovered {
    private final TopicName topic;
    private final List<SegmentFile> segments;
    private final long nextLsn;
    private final long entryCount;
    private final List<Damage> damages;

    Recovered(
            TopicName topic,
            List<SegmentFile> segments,
            long nextLsn,
            long entryCount,
            List<Damage> damages) {
        this.topic = topic;
        this.segments = List.copyOf(segments);
        this.nextLsn = nextLsn;
        this.entryCount = entryCount;
        this.damages = List.copyOf(damages);
    }

    /** Whose log it is. */
    public TopicName topic() {
        return topic;
    }

    /** The lsn of the next entry. */
    public long nextLsn() {
        return nextLsn;
    }

    /** Count of the entries that were handed on. */
    public long entryCount() {
        return entryCount;
    }

    /** Count of the entries that should have been, too. */
    public long lostCount() {
        return damages.stream().mapToLong(d -> d.untilLsn() - d.fromLsn()).sum();
    }

    /** Count of the places where they are damaged or missing. */
    public int damagedPlaces() {
        return damages.size();
    }

    /** In the order of lsns. */
    List<SegmentFile> segments() {
        return segments;
    }

    List<Damage> damages() {
        return damages;
    }
}
