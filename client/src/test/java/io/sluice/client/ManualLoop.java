package io.sluice.client;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An event loop whose time stands still until the test turns it on. */
final class ManualLoop implements EventLoop {
    private record Timer(long dueNs, long number, Runnable task) {}

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    new ThreadPoolExecutor.DiscardPolicy());
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(
                    Comparator.comparing(Timer::dueNs).thenComparing(timer -> timer.number));
    private volatile long nowNs;
    private long timerCount;

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public void after(long delayNs, Runnable task) {
        if (delayNs <= 0) execute(task);
        else timers.add(new Timer(nowNs + delayNs, timerCount++, task));
    }

    /** Lets time pass, and what is due happen, at its time and in order. */
    void advance(Duration time) throws Exception {
        long untilNs = nowNs + time.toNanos();
        thread.submit(() -> runUntil(untilNs)).get(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS);
    }

    /** Lets everything happen that was reported to the loop so far. */
    void settle() throws Exception {
        advance(Duration.ZERO);
    }

    private void runUntil(long untilNs) {
        while (!timers.isEmpty() && timers.peek().dueNs <= untilNs) {
            Timer timer = timers.poll();
            nowNs = Math.max(nowNs, timer.dueNs);
            timer.task.run();
        }
        nowNs = untilNs;
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
