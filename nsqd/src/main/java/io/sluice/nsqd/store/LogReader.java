package io.sluice.nsqd.store;

import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.TopicLog.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads once from a log as it was at some moment. For one thread, which may wait for the disk. */
final class LogReader {
    private final List<SegmentFile> segments;
    private final List<PendingEntries.Waiting> pending;
    private final int maxBytes;
    private final List<LogEntry.Numbered> entries = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();
    private int maxMessages = Integer.MAX_VALUE;
    private long bytes;

    /**
     * Reads nothing yet.
     *
     * @param segments in the order of lsns
     * @param pending what comes behind them
     */
    LogReader(List<SegmentFile> segments, List<PendingEntries.Waiting> pending, int maxBytes) {
        this.segments = segments;
        this.pending = pending;
        this.maxBytes = maxBytes;
    }

    /** What turned out to be damaged. */
    List<Damage> damages() {
        return damages;
    }

    /** Reads messages from this lsn until the limits or {@code end}. */
    Batch messages(long from, int most, long end) {
        maxMessages = most;
        for (SegmentFile segment : segments) {
            if (segment.until() <= from) continue;
            try (SegmentCursor cursor =
                    new SegmentCursor(segment, RecordScanner.BUFFER_BYTES, damages::add)) {
                boolean more = cursor.seek(from);
                for (; more; more = cursor.next()) {
                    if (cursor.isMessage() && !take(cursor)) {
                        return new Batch(entries, cursor.lsn());
                    }
                }
            } catch (IOException e) {
                unreadable(segment, Math.max(from, segment.from()));
            }
        }
        for (PendingEntries.Waiting waiting : pending) {
            if (!EntryCodec.isMessage(waiting.type())) continue;
            if (!take(waiting)) return new Batch(entries, waiting.lsn());
        }
        return new Batch(entries, end);
    }

    /** Reads these entries until the limit. */
    Batch entries(long[] lsns) {
        int at = 0;
        for (SegmentFile segment : segments) {
            int first = at;
            while (at < lsns.length && lsns[at] < segment.until()) at++;
            long stopped = entries(segment, lsns, first, at);
            if (stopped >= 0) return new Batch(entries, stopped);
        }
        for (PendingEntries.Waiting waiting : pending) {
            while (at < lsns.length && lsns[at] < waiting.lsn()) at++;
            if (at == lsns.length) break;
            if (lsns[at] != waiting.lsn() || waiting.record() == null) continue;
            if (!take(waiting)) return new Batch(entries, waiting.lsn());
        }
        return new Batch(entries, lsns.length == 0 ? 0 : lsns[lsns.length - 1] + 1);
    }

    /** Returns where it had to stop, or -1. */
    private long entries(SegmentFile segment, long[] lsns, int from, int until) {
        int at = from;
        while (at < until && lsns[at] < segment.from()) at++;
        if (at == until) return -1;
        try (SegmentCursor cursor =
                new SegmentCursor(segment, RecordScanner.SMALL_BUFFER_BYTES, damages::add)) {
            for (; at < until; at++) {
                if (!cursor.seek(lsns[at])) return -1;
                if (cursor.lsn() == lsns[at] && !take(cursor)) return lsns[at];
            }
        } catch (IOException e) {
            unreadable(segment, lsns[at]);
        }
        return -1;
    }

    private boolean take(SegmentCursor cursor) {
        if (!hasRoom(cursor.payloadBytes())) return false;
        LogEntry.Numbered entry = cursor.entry();
        if (entry != null) entries.add(entry);
        return true;
    }

    private boolean take(PendingEntries.Waiting waiting) {
        byte[] record = waiting.record();
        int length = record.length - Record.HEADER_BYTES;
        if (!hasRoom(length)) return false;
        ByteBuffer payload = ByteBuffer.wrap(record, Record.HEADER_BYTES, length).slice();
        try {
            entries.add(
                    new LogEntry.Numbered(
                            waiting.lsn(), EntryCodec.decode(waiting.type(), payload)));
        } catch (MalformedEntry e) {
            throw new AssertionError("entry " + waiting.lsn() + " was just encoded", e);
        }
        return true;
    }

    private boolean hasRoom(int payloadBytes) {
        if (entries.isEmpty()) {
            bytes = payloadBytes;
            return true;
        }
        if (entries.size() >= maxMessages || bytes + payloadBytes > maxBytes) return false;
        bytes += payloadBytes;
        return true;
    }

    /** A file that is gone, or that its disk does not give back. */
    private void unreadable(SegmentFile segment, long fromLsn) {
        long read = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).lsn() + 1;
        damages.add(new Damage(segment, 0, 0, Math.max(fromLsn, read), segment.until()));
    }
}
