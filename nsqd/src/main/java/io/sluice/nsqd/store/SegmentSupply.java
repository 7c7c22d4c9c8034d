package io.sluice.nsqd.store;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes a topic's new segments beside its loop, the next one before it is needed. */
final class SegmentSupply {
    private final Path topicDirectory;
    private final FileLane lane;
    private final Consumer<Throwable> made;
    private SegmentWriter ready;
    private Made underWay;
    private boolean making;
    private boolean ended;

    /**
     * Makes nothing yet.
     *
     * @param made told when one is there, with null, or why there is none
     */
    SegmentSupply(Path topicDirectory, FileLane lane, Consumer<Throwable> made) {
        this.topicDirectory = topicDirectory;
        this.lane = lane;
        this.made = made;
    }

    /** True when {@link #take} will give one. */
    boolean has(int maxRecord) {
        return ready != null && ready.maxRecord() >= maxRecord;
    }

    /** One that is new, and for records as long as this; null when it has to be made first. */
    SegmentWriter take(int maxRecord) {
        if (!has(maxRecord)) {
            prepare(maxRecord);
            return null;
        }
        SegmentWriter taken = ready;
        ready = null;
        return taken;
    }

    /** Sees to it that there will be one. */
    void prepare(int maxRecord) {
        if (making || ended || has(maxRecord)) return;
        discard();
        making = true;
        Made one = new Made();
        underWay = one;
        lane.run(
                () -> one.writer = SegmentWriter.create(topicDirectory, maxRecord),
                failure -> made(one, failure));
    }

    private void made(Made one, Throwable failure) {
        if (ended) return;
        making = false;
        ready = one.writer;
        made.accept(failure);
    }

    /** Makes no more, and removes what is not used. */
    void end() {
        if (ended) return;
        ended = true;
        discard();
        // In line behind its making, and before whatever the directory is used for next.
        if (making) remove(underWay);
    }

    /** Removes what is ready, if any. */
    void discard() {
        if (ready == null) return;
        ready = null;
        remove(underWay);
    }

    private void remove(Made unused) {
        lane.run(
                "remove an unused segment of " + topicDirectory,
                () -> {
                    if (unused.writer == null) return;
                    unused.writer.close();
                    Directories.delete(topicDirectory.resolve(Directories.PREPARED));
                });
    }

    /** What the worker makes; null until it is there. */
    private static final class Made {
        private volatile SegmentWriter writer;
    }
}
