package io.sluice.nsqd.store;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of entries that wait until they can be written, of all topics. For all loops. */
final class PendingBudget {
    private final long max;
    private final AtomicLong used = new AtomicLong();

    PendingBudget(long max) {
        this.max = max;
    }

    /** True when so many more fit; something of any size when nothing waits anywhere. */
    boolean hasRoom(long more) {
        long now = used.get();
        return now == 0 || now + more <= max;
    }

    /** More wait; what must not be refused may go beyond the limit. */
    void take(long bytes) {
        used.addAndGet(bytes);
    }

    /** They wait no longer. */
    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }
}
