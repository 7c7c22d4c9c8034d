package io.sluice.client;

import io.sluice.client.ProducerOptions.WhenFull;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What a producer was asked to publish and is not yet sent, and the count of all that has no answer
 * yet. Callers add, the sender takes, the connection's reader gives the room back.
 */
final class PublishQueue {
    private enum State {
        /** Takes publishes. */
        OPEN,
        /** Takes no more; what is in flight goes on. */
        CLOSING,
        /** The sender is to end. */
        ENDED
    }

    private final ProducerOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final Condition pause = lock.newCondition();
    private final ArrayDeque<Publish> waiting = new ArrayDeque<>();
    private State state = State.OPEN;
    private int inFlightMessages;
    private long inFlightBytes;

    PublishQueue(ProducerOptions options) {
        this.options = options;
    }

    /**
     * Has a publish sent: by its caller when that is possible at once, else by the sender. Waits
     * for room before that if it must.
     *
     * @param mayWait false for a thread that would wait for itself
     * @param sendNow sends it, or returns false and does nothing
     */
    void add(Publish publish, boolean mayWait, Predicate<Publish> sendNow) {
        admit(publish, mayWait);
        if (sendNow.test(publish)) return;
        lock.lock();
        try {
            waiting.add(publish);
            work.signal();
            if (state != State.ENDED) return;
        } finally {
            lock.unlock();
        }
        failWaiting(new ClientClosedException());
    }

    private void admit(Publish publish, boolean mayWait) {
        lock.lock();
        try {
            while (state == State.OPEN && !hasRoomFor(publish)) awaitRoom(mayWait);
            if (state != State.OPEN) throw new ClientClosedException();
            inFlightMessages += publish.messageCount();
            inFlightBytes += publish.byteCount();
        } finally {
            lock.unlock();
        }
    }

    /** True when nothing waits for the sender. */
    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A publish larger than the limits may go when nothing else is in flight, else it never can.
     */
    private boolean hasRoomFor(Publish publish) {
        return inFlightMessages == 0
                || inFlightMessages + (long) publish.messageCount() <= options.maxInFlightMessages()
                        && inFlightBytes + publish.byteCount() <= options.maxInFlightBytes();
    }

    private void awaitRoom(boolean mayWait) {
        if (!mayWait || options.whenFull() == WhenFull.FAIL) {
            throw new InFlightLimitException(
                    inFlightMessages + " messages of " + inFlightBytes + " bytes are in flight");
        }
        try {
            room.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InFlightLimitException("interrupted while waiting for room in flight");
        }
    }

    /**
     * Sender: waits until there is something to send; false when it is to end.
     *
     * @param isUrgent whether its connection needs it for something else; looked at again after
     *     each {@link #wakeAll}
     */
    boolean awaitWork(BooleanSupplier isUrgent) {
        lock.lock();
        try {
            while (state != State.ENDED && waiting.isEmpty() && !isUrgent.getAsBoolean()) {
                work.awaitUninterruptibly();
            }
            return state != State.ENDED;
        } finally {
            lock.unlock();
        }
    }

    /** Sender: waits until {@code timeNs} of System.nanoTime, shorter when the producer closes. */
    void awaitTime(long timeNs) {
        lock.lock();
        try {
            // Another sender may be able to do what this one was woken for.
            work.signal();
            long leftNs = timeNs - System.nanoTime();
            while (state == State.OPEN && leftNs > 0) leftNs = pause.awaitNanos(leftNs);
        } catch (InterruptedException e) {
            Log.LOGGER.log(Level.DEBUG, "the sender was interrupted and goes on");
        } finally {
            lock.unlock();
        }
    }

    /** Sender: publishes in their order, of about {@code maxBytes} together. */
    List<Publish> take(long maxBytes) {
        lock.lock();
        try {
            List<Publish> taken = new ArrayList<>(Math.min(waiting.size(), 1024));
            for (long bytes = 0; bytes < maxBytes && !waiting.isEmpty(); ) {
                Publish publish = waiting.poll();
                bytes += publish.byteCount();
                taken.add(publish);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Has these sent again, in front of what is waiting. */
    void putBack(List<Publish> publishes) {
        lock.lock();
        try {
            for (int i = publishes.size() - 1; i >= 0; i--) waiting.addFirst(publishes.get(i));
            work.signal();
            if (state != State.ENDED) return;
        } finally {
            lock.unlock();
        }
        failWaiting(new ClientClosedException());
    }

    /** Fails what is waiting; what was sent once, with the loss of its connection. */
    void failWaiting(NsqException failure) {
        for (Publish publish : take(Long.MAX_VALUE)) {
            answer(List.of(publish), publish.loss == null ? failure : publish.loss);
        }
    }

    /** Has all senders look whether there is something to do. */
    void wakeAll() {
        lock.lock();
        try {
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** These have their answer: {@code failure} or, when that is null, success. */
    void answer(List<Publish> publishes, NsqException failure) {
        lock.lock();
        try {
            for (Publish publish : publishes) {
                inFlightMessages -= publish.messageCount();
                inFlightBytes -= publish.byteCount();
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
        // Without the lock: what follows an answer is the user's code.
        for (Publish publish : publishes) {
            publish.tell(options.listener(), failure);
            if (failure == null) publish.answer.complete(null);
            else publish.answer.completeExceptionally(failure);
        }
    }

    /** Takes no more publishes, and waits until all have their answer or the time is up. */
    void close(long timeoutNs) {
        lock.lock();
        try {
            if (state == State.OPEN) state = State.CLOSING;
            room.signalAll();
            work.signalAll();
            pause.signalAll();
            long leftNs = timeoutNs;
            while (inFlightMessages > 0 && leftNs > 0) leftNs = room.awaitNanos(leftNs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the senders. */
    void end() {
        lock.lock();
        try {
            state = State.ENDED;
            work.signalAll();
            pause.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
