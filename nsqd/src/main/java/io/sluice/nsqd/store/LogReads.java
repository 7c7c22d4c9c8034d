package io.sluice.nsqd.store;

import io.sluice.nsqd.core.TopicLog.Batch;
import io.sluice.nsqd.core.TopicLog.Reader;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What is being read from a topic's log, beside the loop, and what was damaged there. */
final class LogReads {
    private static final Batch NOTHING = new Batch(List.of(), 0);

    private final LogHome home;
    private final Predicate<SegmentFile> isSealed;
    private final Predicate<SegmentFile> isCurrent;
    private final DamagedEntries damaged = new DamagedEntries();
    private boolean deleted;

    /**
     * Reads nothing yet.
     *
     * @param isSealed with {@code isCurrent} false for a segment that was deleted meanwhile, which
     *     is not to be taken for damage
     */
    LogReads(LogHome home, Predicate<SegmentFile> isSealed, Predicate<SegmentFile> isCurrent) {
        this.home = home;
        this.isSealed = isSealed;
        this.isCurrent = isCurrent;
    }

    /** Reads by {@code how} and hands the result to {@code to} on the loop. */
    void read(LogReader from, Function<LogReader, Batch> how, Reader to) {
        home.store()
                .readers()
                .execute(
                        () -> {
                            Batch batch = how.apply(from);
                            home.loop().tasks().execute(() -> done(from, batch, to));
                        });
    }

    private void done(LogReader from, Batch batch, Reader to) {
        long nowNs = home.loop().nowNs().getAsLong();
        if (deleted) {
            to.read(NOTHING, nowNs);
            return;
        }
        for (Damage damage : from.damages()) note(damage);
        to.read(batch, nowNs);
    }

    private void note(Damage damage) {
        SegmentFile segment = damage.segment();
        if (!isSealed.test(segment) && !isCurrent.test(segment)) return;
        if (!damaged.add(damage)) return;
        home.lane()
                .run(
                        "keep a copy of what is damaged in " + segment.data(),
                        () -> DamagedEntries.keepCopy(home.directory(), damage));
    }

    long damagedCount() {
        return damaged.count();
    }

    /** The log is deleted: who still waits is told that there is nothing. */
    void delete() {
        deleted = true;
    }
}
