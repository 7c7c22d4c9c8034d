package io.sluice.admin.action;

import io.sluice.admin.access.Caller;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** The last things that were done through this page, newest last. Lost when nsqadmin ends. */
public final class Activity {
    private static final int MAX_ENTRIES = 500;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long last;

    /** One thing done; {@code atMs} is in milliseconds since 1970. */
    public record Entry(
            long number, long atMs, Caller caller, Action action, List<Outcome> outcomes) {}

    Entry add(long atMs, Caller caller, Action action, List<Outcome> outcomes) {
        if (entries.size() == MAX_ENTRIES) entries.removeFirst();
        Entry entry = new Entry(++last, atMs, caller, action, List.copyOf(outcomes));
        entries.addLast(entry);
        return entry;
    }

    /** Oldest first. */
    public Collection<Entry> entries() {
        return entries;
    }
}
