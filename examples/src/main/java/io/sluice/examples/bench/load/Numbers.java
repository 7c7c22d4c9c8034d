package io.sluice.examples.bench.load;

import java.util.ArrayList;
import java.util.List;

/** The numbers that one publisher gives to its messages: a range of its own, used upwards. */
public final class Numbers {
    private final int first;
    private final int end;
    private int next;

    private Numbers(int first, int end) {
        this.first = first;
        this.end = end;
        next = first;
    }

    /** Splits the numbers from 0 up to {@code limit} into ranges of the same length. */
    public static List<Numbers> split(int limit, int count) {
        int length = limit / count;
        List<Numbers> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) ranges.add(new Numbers(i * length, (i + 1) * length));
        return ranges;
    }

    boolean has(int count) {
        return end - next >= count;
    }

    /** Uses {@code count} numbers up and returns the first of them. */
    int take(int count) {
        int taken = next;
        next += count;
        return taken;
    }

    /** The first number of the range. */
    int first() {
        return first;
    }

    /** The number behind the last that was used. */
    int usedEnd() {
        return next;
    }

    /** Count of numbers used. */
    public int used() {
        return next - first;
    }
}
