package io.sluice.nsqd.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One life of a daemon in a {@link KillLoop}, and the clients that it has. */
final class Life {
    private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(60);

    private final NsqdProcess nsqd;
    private final int number;
    private final Queue<Event> history;
    private final List<Thread> clients = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean ending;

    /** Clients add what they do and see to the history. */
    Life(NsqdProcess nsqd, int number, Queue<Event> history) {
        this.nsqd = nsqd;
        this.number = number;
        this.history = history;
    }

    NsqdProcess nsqd() {
        return nsqd;
    }

    int number() {
        return number;
    }

    void note(Event event) {
        history.add(event);
    }

    void noteAcknowledged(String message) {
        history.add(new Event.Acknowledged(message));
        acknowledged.incrementAndGet();
    }

    /** Waits until so many messages have been acknowledged. */
    void awaitAcknowledged(int count) {
        Await.that(
                () -> count + " messages acknowledged: " + acknowledged,
                () -> acknowledged.get() >= count || !nsqd.isAlive());
    }

    /** Notes that the daemon said no, unless it has been told to end. */
    void noteRefusal(String what) {
        if (!ending) history.add(new Event.Refused(what));
    }

    /** From now on the daemon may refuse anything. */
    void ending() {
        ending = true;
    }

    boolean isEnding() {
        return ending;
    }

    /** Lets a client work until its connection is closed. */
    void start(Runnable client) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                client.run();
                            } catch (RuntimeException | Error e) {
                                failures.add(e);
                            }
                        });
        clients.add(thread);
        thread.start();
    }

    /** Waits for all clients; the daemon has to be gone. */
    void join() {
        try {
            for (Thread client : clients) {
                client.join(PATIENCE_MS);
                if (client.isAlive()) throw new AssertionError("a client goes on: " + client);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        Throwable first = failures.peek();
        if (first != null) throw new AssertionError("a client failed: " + first, first);
    }
}
