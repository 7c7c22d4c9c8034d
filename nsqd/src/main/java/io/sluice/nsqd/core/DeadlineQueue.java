package io.sluice.nsqd.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Things due at a time, the earliest first. A binary heap whose entries know their own place, so
 * that one can be taken out or moved without a search.
 */
final class DeadlineQueue<E extends DeadlineQueue.Entry> {
    /** What can wait in a queue: in one at a time. */
    abstract static class Entry {
        private long dueNs;
        private int place = -1;

        final long dueNs() {
            return dueNs;
        }

        final boolean waits() {
            return place >= 0;
        }
    }

    private Entry[] heap = new Entry[4];
    private int size;

    int size() {
        return size;
    }

    /** When the earliest is due; Long.MAX_VALUE when there is none. */
    long nextDueNs() {
        return size == 0 ? Long.MAX_VALUE : heap[0].dueNs;
    }

    void add(E entry, long dueNs) {
        assert !entry.waits();
        if (size == heap.length) heap = Arrays.copyOf(heap, size * 2);
        Entry added = entry;
        added.dueNs = dueNs;
        place(added, size++);
        rise(added);
    }

    /** Takes out the earliest if it is due, else returns null. */
    @SuppressWarnings("unchecked") // only add() puts in
    E poll(long nowNs) {
        if (size == 0 || heap[0].dueNs > nowNs) return null;
        E first = (E) heap[0];
        remove(first);
        return first;
    }

    void remove(E entry) {
        int hole = ((Entry) entry).place;
        assert heap[hole] == entry;
        Entry last = heap[--size];
        heap[size] = null;
        ((Entry) entry).place = -1;
        if (last == entry) return;
        place(last, hole);
        rise(last);
        sink(last);
    }

    void move(E entry, long dueNs) {
        Entry moved = entry;
        moved.dueNs = dueNs;
        rise(moved);
        sink(moved);
    }

    /** In no order. */
    @SuppressWarnings("unchecked") // only add() puts in
    void forEach(Consumer<E> action) {
        for (int i = 0; i < size; i++) action.accept((E) heap[i]);
    }

    /** The earliest, in order: so many, or as many as there are. */
    List<E> first(int max) {
        List<E> all = new ArrayList<>(size);
        forEach(all::add);
        all.sort(Comparator.comparingLong(Entry::dueNs));
        return List.copyOf(all.subList(0, Math.min(max, size)));
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            heap[i].place = -1;
            heap[i] = null;
        }
        size = 0;
    }

    private void rise(Entry entry) {
        int at = entry.place;
        while (at > 0) {
            Entry parent = heap[(at - 1) / 2];
            if (parent.dueNs <= entry.dueNs) break;
            int up = parent.place;
            place(parent, at);
            at = up;
        }
        place(entry, at);
    }

    private void sink(Entry entry) {
        int at = entry.place;
        for (int child; (child = at * 2 + 1) < size; at = child) {
            if (child + 1 < size && heap[child + 1].dueNs < heap[child].dueNs) child++;
            if (heap[child].dueNs >= entry.dueNs) break;
            place(heap[child], at);
        }
        place(entry, at);
    }

    private void place(Entry entry, int at) {
        heap[at] = entry;
        entry.place = at;
    }
}
