package io.sluice.nsqd.store;

import io.sluice.nsqd.core.TopicLog.Segment;
import java.nio.file.Path;

/**
 * A segment as those see it who read it.
 *
 * @param until the lsn that follows its last entry, or UNKNOWN
 * @param bytes count of those in use
 */
record SegmentFile(Path directory, long from, long until, long bytes, SegmentIndex index) {
    /** Of a segment that was cut short, as by the death of the daemon. */
    static final long UNKNOWN = Long.MAX_VALUE;

    Path data() {
        return directory.resolve(Directories.DATA_FILE);
    }

    SegmentFile until(long known) {
        return new SegmentFile(directory, from, known, bytes, index);
    }

    Segment shown() {
        return new Segment(from, until, bytes);
    }
}
