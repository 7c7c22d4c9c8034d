package io.sluice.nsqd.store;

import io.sluice.nsqd.core.TopicLog.Segment;
import java.nio.file.Path;

/**
 * A segment as those see it who read it.
 *
 * @param until the lsn that follows its last entry
 * @param bytes count of those in use
 */
record SegmentFile(Path directory, long from, long until, long bytes, SegmentIndex index) {
    Path data() {
        return directory.resolve(Directories.DATA_FILE);
    }

    Segment shown() {
        return new Segment(from, until, bytes);
    }
}
