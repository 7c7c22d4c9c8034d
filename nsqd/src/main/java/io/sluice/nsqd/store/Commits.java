package io.sluice.nsqd.store;

import io.sluice.nsqd.core.Durability;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Those who wait until what was appended is safe. One force of the files serves all who wait when
 * it begins; who comes meanwhile shares the next one. Belongs to the loop.
 */
final class Commits {
    private final FileLane lane;
    private final Executor loop;
    private final Supplier<FileLane.Work> force;
    private final Consumer<Throwable> onForceFailed;
    private final Queue<Waiter> unwritten = new ArrayDeque<>();
    private List<Waiter> unforced = new ArrayList<>();
    private List<Runnable> answers = new ArrayList<>();
    private boolean forcing;

    /** Waits for all entries before {@code until}. */
    private record Waiter(long until, Durability level, Consumer<String> done) {}

    /**
     * Nobody waits yet.
     *
     * @param force gives what has to be done for all that has been written by now
     * @param onForceFailed told before those who waited
     */
    Commits(
            FileLane lane,
            Executor loop,
            Supplier<FileLane.Work> force,
            Consumer<Throwable> onForceFailed) {
        this.lane = lane;
        this.loop = loop;
        this.force = force;
        this.onForceFailed = onForceFailed;
    }

    /**
     * Somebody waits.
     *
     * @param until the lsn that comes next
     * @param written the lsn from which on entries are not written yet
     */
    void add(long until, long written, Durability level, Consumer<String> done) {
        Waiter waiter = new Waiter(until, level, done);
        if (level == Durability.MEM) answer(waiter, null);
        else if (until > written) unwritten.add(waiter);
        else written(waiter);
    }

    /** All entries before {@code written} are in their file. */
    void written(long written) {
        while (!unwritten.isEmpty() && unwritten.peek().until <= written) {
            written(unwritten.remove());
        }
    }

    private void written(Waiter waiter) {
        if (waiter.level == Durability.OS) {
            answer(waiter, null);
            return;
        }
        unforced.add(waiter);
        if (forcing) return;
        forcing = true;
        // Later: the others of this turn shall share it.
        loop.execute(this::startForce);
    }

    /** What could not be written may be written later, but nobody should count on it. */
    void failed(String reason) {
        while (!unwritten.isEmpty()) answer(unwritten.remove(), reason);
    }

    private void startForce() {
        List<Waiter> covered = unforced;
        unforced = new ArrayList<>();
        lane.run(force.get(), failure -> forced(covered, failure));
    }

    private void forced(List<Waiter> covered, Throwable failure) {
        String reason = null;
        if (failure != null) {
            onForceFailed.accept(failure);
            reason = "cannot make it durable: " + failure.getMessage();
        }
        forcing = !unforced.isEmpty();
        if (forcing) startForce();
        for (Waiter waiter : covered) waiter.done.accept(reason);
    }

    private void answer(Waiter waiter, String reason) {
        if (answers.isEmpty()) loop.execute(this::answerAll);
        answers.add(() -> waiter.done.accept(reason));
    }

    private void answerAll() {
        List<Runnable> now = answers;
        answers = new ArrayList<>();
        for (Runnable answer : now) answer.run();
    }
}
