package io.sluice.nsqd.store;

import io.sluice.nsqd.core.LogEntry;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The end of a topic's log, where it grows. Entries go straight into the current segment; those
 * that cannot, because it is not there yet or the disk is full, wait in line. Belongs to the loop.
 */
final class LogAppends {
    private static final System.Logger LOG = System.getLogger(LogAppends.class.getName());

    /** More than the bytes of a message's record that are not its body. */
    private static final int MESSAGE_OVERHEAD_BYTES = 64;

    private final LogHome home;
    private final SealedSegments sealed;
    private final Listener listener;
    private final SegmentSupply supply;
    private final PendingEntries pending;
    private final WriteTrouble trouble;
    private final Record record = new Record();
    private final Record own = new Record();
    private Supplier<LogEntry.TopicState> state;
    private SegmentWriter current;
    private long rollAtBytes;
    private long end;
    private boolean stateOutdated;
    private boolean ended;

    /** Hears how it goes. */
    interface Listener {
        /** A segment is open for writing. */
        void opened();

        /** It no longer is. */
        void closed();

        /** All entries before {@code lsn} are in their files. */
        void written(long lsn);

        /** Something could not be written. */
        void failed(String reason);
    }

    LogAppends(LogHome home, SealedSegments sealed, long end, Listener listener) {
        this.home = home;
        this.sealed = sealed;
        this.end = end;
        this.listener = listener;
        this.supply = new SegmentSupply(home.directory(), home.lane(), this::made);
        this.pending = new PendingEntries(home.store().pending());
        this.trouble = new WriteTrouble(home, this::retry);
    }

    void attach(Supplier<LogEntry.TopicState> source) {
        state = source;
    }

    long end() {
        return end;
    }

    /** The lsn from which on entries are not in a file yet. */
    long written() {
        return pending.isEmpty() ? end : pending.first().lsn();
    }

    List<PendingEntries.Waiting> pendingFrom(long lsn) {
        return pending.from(lsn);
    }

    long bytes() {
        return pending.bytes() + (current == null ? 0 : current.used());
    }

    boolean isOpen() {
        return current != null;
    }

    /** Why messages of so many bytes cannot be taken; null when they can. */
    String refusal(int messages, long bytes) {
        String shortage = home.store().disk().shortage();
        if (shortage != null) return shortage;
        long needed = bytes + (long) messages * MESSAGE_OVERHEAD_BYTES;
        if (needed > Record.MAX_LENGTH) {
            return needed + " bytes at once, the disk takes " + Record.MAX_LENGTH;
        }
        if (trouble.reason() != null) retry();
        if (trouble.reason() != null) return trouble.reason();
        if (current == null || !pending.isEmpty()) {
            return pending.hasRoom(needed) ? null : "too much is waiting to be written";
        }
        try {
            current.requireRoom(needed);
            return null;
        } catch (IOException e) {
            return trouble.describe(e);
        }
    }

    long append(LogEntry entry) {
        record.entry(entry);
        if (pending.isEmpty()) makeWay(record.length());
        long lsn = end++;
        record.stamp(lsn);
        boolean written = pending.isEmpty() && write(record.array(), record.length(), lsn);
        if (!written && !pending.hold(lsn, record)) stateOutdated = true;
        return lsn;
    }

    /** Sees to it that there is a segment, or will be, that can take such a record. */
    private void makeWay(int length) {
        if (current == null) {
            start(length);
        } else if (length > current.maxRecord()) {
            seal();
            start(length);
        } else if (current.used() >= rollAtBytes) {
            if (!supply.has(length)) {
                supply.prepare(length);
                return;
            }
            seal();
            start(length);
        } else if (current.used() >= rollAtBytes / 2) {
            supply.prepare(length);
        }
    }

    /** Begins a segment, with the state as it is before what is appended next. */
    private void start(int length) {
        long lsn = end++;
        own.entry(state.get()).stamp(lsn);
        pending.add(lsn, own);
        open(Math.max(length, own.length()));
    }

    private void open(int length) {
        SegmentWriter writer = supply.take(length);
        if (writer == null) return;
        if (begin(writer)) flush();
    }

    /** A segment whose first entry is the first that waits. */
    private boolean begin(SegmentWriter writer) {
        long first = pending.first().lsn();
        try {
            writer.begin(home.directory(), first);
        } catch (IOException e) {
            home.lane().run("close an unused segment", writer::close);
            fail(e);
            return false;
        }
        current = writer;
        rollAtBytes = Math.max(home.settings().segmentBytes(), 2L * pending.bytes());
        listener.opened();
        own.header(new SegmentHeader(SegmentHeader.VERSION, home.topic(), first)).stamp(first);
        return write(own.array(), own.length(), SegmentWriter.NO_ENTRY);
    }

    /** The worker has made a segment, or could not. */
    private void made(Throwable failure) {
        if (ended) return;
        if (failure != null) {
            boolean isNeeded = current == null && !pending.isEmpty();
            if (isNeeded) fail(failure);
            else LOG.log(System.Logger.Level.WARNING, "cannot make a segment", failure);
        } else if (current == null && !pending.isEmpty()) {
            open(pending.firstLength());
        }
    }

    /** Writes what waits, as far as that goes. */
    private void flush() {
        while (current != null && !pending.isEmpty()) {
            PendingEntries.Waiting first = pending.first();
            byte[] bytes = first.record();
            int length = bytes == null ? 0 : bytes.length;
            if (bytes == null) {
                own.omitted(first.count()).stamp(first.lsn());
                bytes = own.array();
                length = own.length();
            }
            if (length > current.maxRecord()) {
                seal();
                open(length);
                return;
            }
            if (!write(bytes, length, first.lsn())) break;
            pending.removeFirst();
        }
        listener.written(written());
        if (pending.isEmpty()) recovered();
    }

    private boolean write(byte[] bytes, int length, long lsn) {
        try {
            long onDisk = Record.onDisk(length);
            if (EntryCodec.isMessage(bytes[Record.TYPE_AT])) current.requireRoom(onDisk);
            else current.requireRoomInReserve(onDisk);
            current.append(bytes, length, lsn);
            return true;
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | InternalError e) {
            LOG.log(System.Logger.Level.ERROR, "cannot append to the log of " + home.topic(), e);
            seal(lsn);
            fail(e);
        }
        return false;
    }

    private void fail(Throwable failure) {
        trouble.begin(trouble.describe(failure));
        listener.failed(trouble.reason());
    }

    private void retry() {
        if (ended) return;
        if (pending.isEmpty()) recovered();
        else if (current != null) flush();
        else open(pending.firstLength());
    }

    private void recovered() {
        trouble.over();
        if (!stateOutdated) return;
        stateOutdated = false;
        append(state.get());
    }

    /** Why what is pending cannot be written at present; null when nothing speaks against it. */
    String trouble() {
        return trouble.reason();
    }

    /** The segment that is open for writing; null when none is. */
    SegmentWriter current() {
        return current;
    }

    /** No more is written to the current segment; what comes next begins another. */
    void seal() {
        if (current != null) seal(written());
    }

    private void seal(long until) {
        SegmentWriter writer = current;
        current = null;
        boolean isEmpty = until == writer.firstLsn();
        own.segmentEnd().stamp(until);
        writer.appendLast(own.array(), own.length());
        SegmentFile file = writer.file(until);
        if (!isEmpty) sealed.add(file);
        home.lane()
                .run(
                        "close " + file.directory(),
                        () -> {
                            writer.close();
                            if (isEmpty) Directories.delete(file.directory());
                        });
        listener.closed();
    }

    /** Lets go of what is open, unless something waits for it. */
    void closeIdle() {
        if (!pending.isEmpty()) return;
        seal();
        supply.discard();
    }

    /** Forgets all that is not written, and goes on in a new segment. */
    void clear() {
        pending.clear();
        seal();
        stateOutdated = false;
        recovered();
        listener.written(end);
    }

    /** Appends what there is to know at the end, if anything came since the last segment. */
    void appendLastState() {
        if (current != null || !pending.isEmpty()) append(state.get());
    }

    /** Nothing is written any more. */
    void stop() {
        ended = true;
        seal();
        supply.end();
        pending.clear();
        trouble.end();
    }
}
