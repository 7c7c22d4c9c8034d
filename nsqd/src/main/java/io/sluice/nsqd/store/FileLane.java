package io.sluice.nsqd.store;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What is done to a topic's files, beside the loop and one thing after the other. Belongs to the
 * loop; its length is bounded by what the log has open.
 */
final class FileLane {
    private static final System.Logger LOG = System.getLogger(FileLane.class.getName());

    private final Executor worker;
    private final Executor loop;
    private final Queue<Step> steps = new ArrayDeque<>();
    private boolean busy;

    /** Something that takes a while. */
    interface Work {
        void run() throws Exception;
    }

    private record Step(Work work, Consumer<Throwable> outcome) {}

    FileLane(Executor worker, Executor loop) {
        this.worker = worker;
        this.loop = loop;
    }

    /** Tells {@code outcome} on the loop how it went: null, or what went wrong. */
    void run(Work work, Consumer<Throwable> outcome) {
        steps.add(new Step(work, outcome));
        if (!busy) startNext();
    }

    /** For work that can be left undone: a failure is only logged. */
    void run(String what, Work work) {
        run(work, failure -> logged(what, failure));
    }

    private static void logged(String what, Throwable failure) {
        if (failure != null) LOG.log(System.Logger.Level.WARNING, "cannot " + what, failure);
    }

    boolean isIdle() {
        return !busy;
    }

    private void startNext() {
        Step step = steps.poll();
        busy = step != null;
        if (busy) worker.execute(() -> work(step));
    }

    /** Whatever goes wrong in there, and be it a missing class, the loop has to know. */
    private void work(Step step) {
        Throwable failure = null;
        try {
            step.work.run();
        } catch (Exception | Error e) {
            failure = e;
        }
        Throwable outcome = failure;
        loop.execute(
                () -> {
                    startNext();
                    step.outcome.accept(outcome);
                });
    }
}
