package io.sluice.nsqd.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes a topic's new segments beside its loop, the next one before it is needed. */
final class SegmentSupply {
    private final Path topicDirectory;
    private final FileLane lane;
    private final Consumer<Throwable> made;
    private SegmentWriter ready;
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
        SegmentWriter[] writer = new SegmentWriter[1];
        lane.run(
                () -> writer[0] = SegmentWriter.create(topicDirectory, maxRecord),
                failure -> made(writer[0], failure));
    }

    private void made(SegmentWriter writer, Throwable failure) {
        making = false;
        ready = writer;
        if (ended) discard();
        else made.accept(failure);
    }

    /** Makes no more, and removes what is not used. */
    void end() {
        ended = true;
        discard();
    }

    /** Removes what is ready, if any. */
    void discard() {
        if (ready == null) return;
        SegmentWriter unused = ready;
        ready = null;
        lane.run("remove an unused segment of " + topicDirectory, () -> remove(unused));
    }

    private void remove(SegmentWriter unused) throws IOException {
        unused.close();
        Directories.delete(topicDirectory.resolve(Directories.PREPARED));
    }
}
