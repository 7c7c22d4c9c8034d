package io.sluice.nsqd.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    private static final class Job extends DeadlineQueue.Entry {}

    private final DeadlineQueue<Job> queue = new DeadlineQueue<>();

    @Test
    void anEntryIsDueAtItsTimeAndNotBefore() {
        Job job = new Job();
        queue.add(job, 10);
        assertThat(queue.nextDueNs()).isEqualTo(10);
        assertThat(queue.poll(9)).isNull();
        assertThat(job.waits()).isTrue();
        assertThat(queue.poll(10)).isSameAs(job);
        assertThat(job.waits()).isFalse();
        assertThat(queue.poll(Long.MAX_VALUE)).isNull();
        assertThat(queue.nextDueNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatWasClearedCanBeAddedAgain() {
        Job job = new Job();
        queue.add(job, 10);
        queue.clear();
        assertThat(job.waits()).isFalse();
        assertThat(queue.size()).isZero();
        queue.add(job, 20);
        assertThat(queue.poll(20)).isSameAs(job);
    }

    @Test
    void doesAsAListThatIsSearchedFromEndToEnd() {
        for (int seed = 0; seed < 300; seed++) compareWithList(new Random(seed), seed);
    }

    private static void compareWithList(Random random, int seed) {
        DeadlineQueue<Job> queue = new DeadlineQueue<>();
        List<Job> model = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            long timeNs = random.nextInt(40);
            Job any = model.isEmpty() ? null : model.get(random.nextInt(model.size()));
            switch (any == null ? 0 : random.nextInt(10)) {
                case 0, 1, 2, 3 -> {
                    Job job = new Job();
                    queue.add(job, timeNs);
                    model.add(job);
                }
                case 4, 5 -> queue.move(any, timeNs);
                case 6, 7 -> {
                    queue.remove(any);
                    model.remove(any);
                    assertThat(any.waits()).isFalse();
                }
                default -> poll(queue, model, timeNs);
            }
            assertThat(queue.size()).isEqualTo(model.size());
            assertThat(queue.nextDueNs())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(earliest(model));
        }
        while (!model.isEmpty()) poll(queue, model, Long.MAX_VALUE);
        assertThat(queue.size()).isZero();
    }

    private static void poll(DeadlineQueue<Job> queue, List<Job> model, long nowNs) {
        long earliest = earliest(model);
        Job polled = queue.poll(nowNs);
        if (earliest > nowNs) {
            assertThat(polled).isNull();
            return;
        }
        assertThat(polled.dueNs()).isEqualTo(earliest);
        assertThat(model.remove(polled)).isTrue();
    }

    private static long earliest(List<Job> model) {
        return model.stream().mapToLong(Job::dueNs).min().orElse(Long.MAX_VALUE);
    }
}
