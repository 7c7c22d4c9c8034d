package io.sluice.nsqd.core;

import io.sluice.protocol.BodyArrays;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that messages may take in memory, on one loop. A message counts once, whoever has it; when
 * nobody has it any more, the array of its body is used again.
 */
final class MemoryBudget {
    /**
     * What a message takes beside its body, in one channel. What the array of a long body has
     * beyond it, a quarter at the most, is not counted.
     */
    private static final int OVERHEAD = 160;

    private final long limit;
    private long used;
    private final SpareArrays arrays = new SpareArrays();

    /** What nobody had any more at some time of this turn. */
    private final List<Publication> released = new ArrayList<>();

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    boolean hasRoom() {
        return used < limit;
    }

    long free() {
        return limit - used;
    }

    void hold(Publication publication) {
        if (publication.holders++ == 0) used += publication.byteCount() + OVERHEAD;
    }

    void release(Publication publication) {
        int holders = --publication.holders;
        assert holders >= 0;
        if (holders > 0) return;
        used -= publication.byteCount() + OVERHEAD;
        offered(publication);
    }

    /** Has been offered to everybody: nobody may have taken it into memory. */
    void offered(Publication publication) {
        if (publication.holders == 0 && publication.isReusable()) released.add(publication);
    }

    BodyArrays arrays() {
        return arrays;
    }

    /** To be called between two turns: in one, who has let go of a message may take it again. */
    void reuse() {
        for (Publication publication : released) {
            byte[] array = publication.holders > 0 ? null : publication.letGoOfBody();
            if (array != null) arrays.add(array);
        }
        released.clear();
    }
}
