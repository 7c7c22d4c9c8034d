package io.sluice.nsqd.core;

/** Bytes that messages may take in memory, on one loop. A message counts once, whoever has it. */
final class MemoryBudget {
    /** What a message takes beside its body, in one channel. */
    private static final int OVERHEAD = 160;

    private final long limit;
    private long used;

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
        if (--publication.holders == 0) used -= publication.byteCount() + OVERHEAD;
        assert publication.holders >= 0;
    }
}
