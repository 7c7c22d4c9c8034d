package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Numbered;
import io.sluice.nsqd.core.LogEntry.Ref;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Messages in the log that are queued in an order of their own, which is not that of lsns. */
final class QueuedRefs {
    private final Deque<Ref> refs = new ArrayDeque<>();

    /** Of the first, what has been read before those in front of it; null if damaged. */
    private final Map<Long, Message> read = new HashMap<>();

    boolean isEmpty() {
        return refs.isEmpty();
    }

    int size() {
        return refs.size();
    }

    void add(Ref ref) {
        refs.add(ref);
    }

    void clear() {
        refs.clear();
        read.clear();
    }

    /** Removes those with a lower lsn, and tells how many they were. */
    long removeBefore(long lsn) {
        int before = refs.size();
        refs.removeIf(ref -> ref.lsn() < lsn);
        read.keySet().removeIf(key -> key < lsn);
        return before - refs.size();
    }

    /** The lowest lsn; Long.MAX_VALUE when there is none. */
    long firstLsn() {
        return refs.stream().mapToLong(Ref::lsn).min().orElse(Long.MAX_VALUE);
    }

    void collect(List<Ref> to) {
        to.addAll(refs);
    }

    /** So many of them, or as many as there are. */
    List<Ref> first(int max) {
        return refs.stream().limit(max).toList();
    }

    /** Lsns of those of the first {@code max} that are not read yet, as they rise. */
    long[] toRead(int max) {
        return refs.stream()
                .limit(max)
                .map(Ref::lsn)
                .filter(lsn -> !read.containsKey(lsn))
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
    }

    /** Hands over, in their order, what can go on after {@code lsns} were read that far. */
    void haveRead(long[] lsns, TopicLog.Batch batch, BiConsumer<Ref, Message> arrived) {
        // What is missing was damaged.
        for (long lsn : lsns) if (lsn < batch.nextLsn()) read.put(lsn, null);
        for (Numbered n : batch.entries()) {
            if (n.entry() instanceof Message message) read.put(n.lsn(), message);
        }
        while (!refs.isEmpty() && read.containsKey(refs.peek().lsn())) {
            Ref ref = refs.remove();
            Message message = read.remove(ref.lsn());
            if (message != null) arrived.accept(ref, message);
        }
    }
}
