package io.sluice.client;

import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An event loop on a thread of its own, with the system's clock. */
final class ThreadLoop implements EventLoop {
    private final ScheduledThreadPoolExecutor thread;

    /** A loop whose thread is one of {@code owner}. */
    ThreadLoop(Object owner, String name) {
        thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> new IoThread(owner, name, task),
                        new ThreadPoolExecutor.DiscardPolicy());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(() -> run(task));
    }

    @Override
    public void after(long delayNs, Runnable task) {
        thread.schedule(() -> run(task), delayNs, TimeUnit.NANOSECONDS);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            Log.LOGGER.log(Level.WARNING, "an event failed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
