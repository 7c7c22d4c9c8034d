package io.sluice.nsqd.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A topic's entries that could not be read: each counted and logged once, however often it is come
 * by, and its bytes kept for whoever wants to look at them. Belongs to the loop.
 */
final class DamagedEntries {
    /** Copies per topic. */
    static final int MAX_COPIES = 16;

    /** Bytes of a copy. */
    static final long MAX_COPY_BYTES = 1 << 20;

    /** Places that are remembered; what is found beyond may be counted again. */
    static final int MAX_PLACES = 10_000;

    private static final System.Logger LOG = System.getLogger(DamagedEntries.class.getName());

    private final TreeMap<Long, Long> untilByFrom = new TreeMap<>();
    private long count;

    /** Count of entries. */
    long count() {
        return count;
    }

    /** Returns true when some of it is news. */
    boolean add(Damage damage) {
        long added = merge(damage.fromLsn(), damage.untilLsn());
        count += added;
        if (added == 0) return false;
        LOG.log(
                System.Logger.Level.ERROR,
                "{0} damaged entries, lsn {1} to {2}, in {3} at byte {4}: skipped",
                Long.toString(added),
                Long.toString(damage.fromLsn()),
                Long.toString(damage.untilLsn() - 1),
                damage.segment().data(),
                Long.toString(damage.offset()));
        return true;
    }

    /** Adds the range to those that are known, and returns how much of it was not. */
    private long merge(long from, long until) {
        long start = from;
        long end = until;
        long known = 0;
        Map.Entry<Long, Long> near = untilByFrom.floorEntry(until);
        while (near != null && near.getValue() >= from) {
            known += overlap(near.getKey(), near.getValue(), from, until);
            start = Math.min(start, near.getKey());
            end = Math.max(end, near.getValue());
            untilByFrom.remove(near.getKey());
            near = untilByFrom.floorEntry(until);
        }
        if (untilByFrom.size() < MAX_PLACES) untilByFrom.put(start, end);
        return until - from - known;
    }

    private static long overlap(long from1, long until1, long from2, long until2) {
        return Math.max(0, Math.min(until1, until2) - Math.max(from1, from2));
    }

    /** Copies the bytes aside, unless there are enough copies. Takes a while. */
    static void keepCopy(Path topicDirectory, Damage damage) throws IOException {
        if (damage.bytes() <= 0) return;
        Path directory = topicDirectory.resolve(Directories.DAMAGED);
        Directories.make(directory);
        try (Stream<Path> copies = Files.list(directory)) {
            if (copies.count() >= MAX_COPIES) return;
        }
        Path copy = directory.resolve(String.format("%020d.bin", damage.fromLsn()));
        try (FileChannel from = FileChannel.open(damage.segment().data(), StandardOpenOption.READ);
                FileChannel to = Directories.newFile(copy)) {
            from.transferTo(damage.offset(), Math.min(damage.bytes(), MAX_COPY_BYTES), to);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            return; // copied in a former run, or deleted meanwhile
        }
    }
}
