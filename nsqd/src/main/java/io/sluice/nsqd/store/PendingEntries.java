package io.sluice.nsqd.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Entries that could not be written yet, in the order of their lsns. Those that the log can do
 * without are left out when there are too many; what stands for them takes next to no memory.
 */
final class PendingEntries {
    private final PendingBudget budget;
    private final Deque<Waiting> entries = new ArrayDeque<>();
    private long bytes;

    /**
     * An entry, or a gap.
     *
     * @param record all of its bytes; null for a gap
     * @param count of lsns
     */
    record Waiting(long lsn, byte[] record, long count) {
        byte type() {
            return record == null ? Record.OMITTED : record[Record.TYPE_AT];
        }
    }

    PendingEntries(PendingBudget budget) {
        this.budget = budget;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    /** True when it can hold so many more. */
    boolean hasRoom(long more) {
        return budget.hasRoom(more);
    }

    /** The record is copied. */
    void add(long lsn, Record record) {
        byte[] copy = Arrays.copyOf(record.array(), record.length());
        entries.add(new Waiting(lsn, copy, 1));
        bytes += copy.length;
        budget.take(copy.length);
    }

    /**
     * Holds the record, unless there are too many, and the log can do without an entry that only
     * tells what the state will tell as well. Returns false when it is left out.
     */
    boolean hold(long lsn, Record record) {
        boolean isNeeded = EntryCodec.isMessage(record.type()) || record.type() == EntryCodec.RUN;
        if (!isNeeded && !hasRoom(record.length())) {
            omit(lsn);
            return false;
        }
        add(lsn, record);
        return true;
    }

    private void omit(long lsn) {
        Waiting last = entries.peekLast();
        long count = 1;
        long from = lsn;
        if (last != null && last.record == null) {
            entries.removeLast();
            count += last.count;
            from = last.lsn;
        }
        entries.add(new Waiting(from, null, count));
    }

    /** The first; null when there is none. */
    Waiting first() {
        return entries.peek();
    }

    /** Bytes of the first. */
    int firstLength() {
        byte[] first = entries.element().record;
        return first == null ? 0 : first.length;
    }

    void removeFirst() {
        Waiting first = entries.remove();
        if (first.record == null) return;
        bytes -= first.record.length;
        budget.giveBack(first.record.length);
    }

    void clear() {
        entries.clear();
        budget.giveBack(bytes);
        bytes = 0;
    }

    /** Those with this lsn or a later one. */
    List<Waiting> from(long lsn) {
        List<Waiting> found = new ArrayList<>();
        for (Waiting waiting : entries) if (waiting.lsn >= lsn) found.add(waiting);
        return found;
    }
}
