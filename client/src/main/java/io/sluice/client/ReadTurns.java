package io.sluice.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who reads a connection: its own thread, or a visitor that waits for an answer and need not be
 * woken when it reads that itself. The own thread stands aside for as long as visitors keep coming.
 */
final class ReadTurns {
    /** No visitor for so long: the own thread reads again. */
    private static final long ASIDE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Thread own;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicInteger visits = new AtomicInteger();
    private volatile Thread lastVisitor;
    private volatile boolean aside;

    /** Turns of this thread and its visitors. */
    ReadTurns(Thread own) {
        this.own = own;
    }

    /** Own thread: waits until it is to read. */
    void take(int visitsBefore) {
        int seen = visitsBefore;
        aside = seen != visits.get();
        while (aside) {
            seen = visits.get();
            LockSupport.parkNanos(this, ASIDE_NS);
            if (seen == visits.get()) aside = false;
        }
        turn.lock();
    }

    /** How often visitors have come. */
    int visits() {
        return visits.get();
    }

    /** Visitor: true when it may read; false when somebody else does. */
    boolean tryTake() {
        lastVisitor = Thread.currentThread();
        visits.incrementAndGet();
        return turn.tryLock();
    }

    /** The turn is over. */
    void release() {
        turn.unlock();
    }

    /** Sent is what a visitor may not come to read the answer of: then the own thread has to. */
    void sent() {
        if (aside && Thread.currentThread() != lastVisitor) callOwn();
    }

    /** Answers are due that no visitor waits for. */
    void callOwn() {
        aside = false;
        LockSupport.unpark(own);
    }
}
