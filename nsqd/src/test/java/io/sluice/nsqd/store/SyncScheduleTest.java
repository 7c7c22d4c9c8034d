package io.sluice.nsqd.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** When a log is synced that nobody waits for. */
class SyncScheduleTest {
    private static final int EVERY = 10;

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::atMs));
    private final Queue<Runnable> disk = new ArrayDeque<>();
    private boolean diskIsSlow;
    private long nowMs;
    private long end;
    private int syncs;

    private record Timer(long atMs, Runnable task) {}

    private SyncSchedule schedule(long timeoutMs) {
        Commits commits =
                new Commits(
                        new FileLane(this::work, Runnable::run),
                        Runnable::run,
                        () -> () -> syncs++,
                        failure -> {});
        StoreSettings settings =
                new StoreSettings(Path.of("."), 1, 0, 1, 1, EVERY, timeoutMs, 1_000);
        return new SyncSchedule(
                commits, (task, ms) -> timers.add(new Timer(nowMs + ms, task)), settings, 0);
    }

    private void work(Runnable task) {
        if (diskIsSlow) disk.add(task);
        else task.run();
    }

    private void append(SyncSchedule schedule, int entries) {
        for (int i = 0; i < entries; i++) schedule.appended(++end, end);
    }

    private void advanceTo(long ms) {
        while (!timers.isEmpty() && timers.peek().atMs <= ms) {
            Timer next = timers.remove();
            nowMs = next.atMs;
            next.task.run();
        }
        nowMs = ms;
    }

    @Test
    void aFastLogRestsFromOneSyncToTheNext() {
        SyncSchedule schedule = schedule(2_000);
        append(schedule, EVERY - 1);
        assertThat(syncs).isZero();
        append(schedule, 5 * EVERY);
        assertThat(syncs).isEqualTo(1);
        advanceTo(SyncSchedule.REST_MS - 1);
        append(schedule, EVERY);
        assertThat(syncs).isEqualTo(1);
        advanceTo(SyncSchedule.REST_MS);
        assertThat(syncs).isEqualTo(2);
        advanceTo(10_000);
        assertThat(syncs).isEqualTo(2);
    }

    @Test
    void theLastEntriesAreSyncedAfterSomeTime() {
        SyncSchedule schedule = schedule(2_000);
        append(schedule, 3);
        advanceTo(1_999);
        assertThat(syncs).isZero();
        advanceTo(2_000);
        assertThat(syncs).isEqualTo(1);
        append(schedule, 1);
        advanceTo(4_000);
        assertThat(syncs).isEqualTo(2);
        advanceTo(10_000);
        assertThat(syncs).isEqualTo(2);
    }

    @Test
    void whatBecomesLateDuringARestIsSyncedAfterIt() {
        SyncSchedule schedule = schedule(SyncSchedule.REST_MS / 2);
        append(schedule, EVERY + 1);
        advanceTo(SyncSchedule.REST_MS - 1);
        assertThat(syncs).isEqualTo(1);
        advanceTo(SyncSchedule.REST_MS);
        assertThat(syncs).isEqualTo(2);
    }

    @Test
    void oneSyncIsUnderWayAtMost() {
        diskIsSlow = true;
        SyncSchedule schedule = schedule(2_000);
        append(schedule, 3 * EVERY);
        advanceTo(5_000);
        assertThat(disk).hasSize(1);
        disk.remove().run();
        assertThat(syncs).isEqualTo(1);
        assertThat(disk).hasSize(1);
        disk.remove().run();
        assertThat(syncs).isEqualTo(2);
        assertThat(disk).isEmpty();
    }

    @Test
    void aLogThatIsClosedIsSyncedNoMore() {
        SyncSchedule schedule = schedule(2_000);
        append(schedule, 3 * EVERY);
        schedule.end();
        advanceTo(10_000);
        assertThat(syncs).isEqualTo(1);
    }
}
