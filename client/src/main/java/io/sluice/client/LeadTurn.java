package io.sluice.client;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which of two threads reads a connection. The lead reads and calls the handler in between, which
 * saves waking another thread for each message; the understudy reads on when a handler takes long.
 */
final class LeadTurn {
    /**
     * A handler that takes longer must not keep the connection from being read. What comes
     * meanwhile has to wait for the handler anyway, save for heartbeats and the end.
     */
    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();

    /** Counts the handlers that were called, and the changes of the lead. */
    private int turn;

    private boolean handling;
    private boolean asleep;
    private boolean ended;

    /** Lead: calls a handler now. Returns what {@link #goOn} asks for. */
    int pause() {
        lock.lock();
        try {
            handling = true;
            if (asleep) change.signal();
            return ++turn;
        } finally {
            lock.unlock();
        }
    }

    /** Lead: the handler is done. False when the understudy reads by now. */
    boolean goOn(int paused) {
        lock.lock();
        try {
            if (turn != paused) return false;
            handling = false;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Understudy: waits until it is the lead; false when nobody is to read any more. */
    boolean awaitLead() {
        lock.lock();
        try {
            while (!ended) {
                int seen = turn;
                change.awaitNanos(PATIENCE_NS);
                if (turn == seen && handling) {
                    handling = false;
                    turn++;
                    return !ended;
                }
                while (turn == seen && !ended) sleep();
            }
            return false;
        } catch (InterruptedException e) {
            Log.LOGGER.log(Level.DEBUG, "a handler thread ends");
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void sleep() throws InterruptedException {
        asleep = true;
        try {
            change.await();
        } finally {
            asleep = false;
        }
    }

    /** The connection is gone. */
    void end() {
        lock.lock();
        try {
            ended = true;
            change.signal();
        } finally {
            lock.unlock();
        }
    }
}
