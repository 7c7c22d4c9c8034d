package io.sluice.nsqd.store;

import io.sluice.nsqd.core.LogEntry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Goes through a segment's entries, and tells of those that are damaged. For one thread. */
final class SegmentCursor implements Closeable {
    private final SegmentFile segment;
    private final Consumer<Damage> damages;
    private final FileChannel file;
    private final RecordScanner scanner;
    private boolean started;
    private boolean onEntry;

    SegmentCursor(SegmentFile segment, int bufferBytes, Consumer<Damage> damages)
            throws IOException {
        this.segment = segment;
        this.damages = damages;
        file = FileChannel.open(segment.data(), StandardOpenOption.READ);
        scanner = new RecordScanner(file, segment.bytes(), bufferBytes);
    }

    /** Moves to the entry with this lsn, or the first behind it; false when there is none. */
    boolean seek(long lsn) throws IOException {
        if (onEntry && scanner.lsn() >= lsn) return true;
        SegmentIndex.Place place = segment.index().floor(lsn);
        if (place != null && (!started || place.lsn() > scanner.expectedLsn())) {
            scanner.to(place.offset(), place.lsn());
        } else if (!started) {
            scanner.toStart(segment.from());
        }
        started = true;
        do {
            if (!next()) return false;
        } while (scanner.lsn() < lsn);
        return true;
    }

    /** Moves to the next entry, after a {@link #seek}. */
    boolean next() throws IOException {
        do {
            onEntry = scanner.next() && scanner.lsn() < segment.until();
            if (!onEntry) return ended();
            if (scanner.lostLsns() > 0) lost(scanner.offset(), scanner.lsn());
        } while (!isEntry(scanner.type()));
        segment.index().add(scanner.lsn(), scanner.offset());
        return true;
    }

    private static boolean isEntry(byte type) {
        return type != Record.SEGMENT_HEADER
                && type != Record.SEGMENT_END
                && type != Record.OMITTED;
    }

    private boolean ended() {
        if (segment.until() == SegmentFile.UNKNOWN) return false;
        if (scanner.expectedLsn() < segment.until()) lost(segment.bytes(), segment.until());
        return false;
    }

    private void lost(long untilOffset, long untilLsn) {
        long from = scanner.lostFrom();
        long fromLsn = onEntry ? untilLsn - scanner.lostLsns() : scanner.expectedLsn();
        damages.accept(new Damage(segment, from, untilOffset - from, fromLsn, untilLsn));
    }

    long lsn() {
        return scanner.lsn();
    }

    boolean isMessage() {
        return EntryCodec.isMessage(scanner.type());
    }

    /**
     * At the end of a segment of which nobody knows where it ended: the lsn that comes next, with
     * those that are damaged told.
     */
    long findEnd() throws IOException {
        long end = scanner.claimedEnd();
        if (end > scanner.expectedLsn()) lost(segment.bytes(), end);
        return end;
    }

    /** Bytes of the record less its header. */
    int payloadBytes() {
        return scanner.payload().remaining();
    }

    /** The entry; null when its bytes are as they were written, but are none. */
    LogEntry.Numbered entry() {
        long lsn = scanner.lsn();
        try {
            return new LogEntry.Numbered(lsn, EntryCodec.decode(scanner.type(), scanner.payload()));
        } catch (MalformedEntry e) {
            long bytes = scanner.end() - scanner.offset();
            damages.accept(new Damage(segment, scanner.offset(), bytes, lsn, lsn + 1));
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
