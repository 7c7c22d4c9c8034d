package io.sluice.nsqd.core;

import io.sluice.protocol.BodyArrays;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.TreeMap;

/**
 * Arrays of long bodies that nobody has any more and the collector has not come for yet. They are
 * used again, as neither to clear an array nor to move it to where it stays is cheap. They take no
 * memory from anybody else: the collector takes them as if they were not here.
 */
final class SpareArrays implements BodyArrays {
    /** Spare arrays that are known at the most. */
    static final int MAX = 16 * 1024;

    /** How much longer than it has to be an array may be: one part in so many. */
    private static final int SLACK = 8;

    /** By length, and then by the number of the array, so that every key is one array's. */
    private final TreeMap<Long, WeakReference<byte[]>> spare = new TreeMap<>();

    private int number;

    @Override
    public byte[] atLeast(int length) {
        int most = (int) Math.min(Integer.MAX_VALUE, length + (long) length / SLACK);
        Map.Entry<Long, WeakReference<byte[]>> found;
        while ((found = spare.ceilingEntry(key(length, 0))) != null
                && found.getKey() <= key(most, -1)) {
            spare.remove(found.getKey());
            byte[] array = found.getValue().get();
            if (array != null) return array;
        }
        return new byte[length];
    }

    private static long key(int length, int number) {
        return (long) length << Integer.SIZE | number & 0xffff_ffffL;
    }

    /** Nobody has anything of it any more. */
    void add(byte[] array) {
        if (spare.size() >= MAX) makeRoom();
        spare.put(key(array.length, number++), new WeakReference<>(array));
    }

    int size() {
        return spare.size();
    }

    /** Forgets those that the collector has taken; all, if that is not worth the search. */
    private void makeRoom() {
        spare.values().removeIf(reference -> reference.refersTo(null));
        if (spare.size() > MAX / 2) spare.clear();
    }
}
