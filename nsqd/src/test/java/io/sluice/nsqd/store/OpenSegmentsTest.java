package io.sluice.nsqd.store;

import static io.sluice.nsqd.store.TestStore.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.Durability;
import io.sluice.protocol.TopicName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSegmentsTest {
    @TempDir Path data;

    @Test
    void onlySoManySegmentsAreOpenAtOnce() throws Exception {
        var settings =
                new StoreSettings(
                        data,
                        1 << 20,
                        0,
                        10,
                        1 << 20,
                        StoreSettings.DEFAULT_SYNC_EVERY,
                        StoreSettings.DEFAULT_SYNC_TIMEOUT_MS,
                        60_000);
        List<ChronicleTopicLog> logs = new ArrayList<>();
        try (TestStore store = new TestStore(settings)) {
            for (int i = 0; i < 50; i++) {
                ChronicleTopicLog log = store.log(new TopicName("topic" + i));
                logs.add(log);
                store.append(log, "a" + i);
                assertThat(store.durable(log, Durability.FSYNC)).isNull();
                assertThat(store.store.openSegmentCount()).isLessThanOrEqualTo(10);
            }
            assertThat(logs.get(0).segments()).as("sealed").hasSize(1);
            assertThat(logs.get(49).segments()).as("open").isEmpty();
            store.append(logs.get(0), "b");
            assertThat(bodies(store.read(logs.get(0), 0))).containsExactly("a0", "b");
        }
        for (int i = 0; i < 50; i++) {
            Recovered recovered = Recovery.recover(data, new TopicName("topic" + i), entry -> {});
            assertThat(recovered.lostCount()).isZero();
            assertThat(recovered.entryCount())
                    .as("state, message, and a state at the end")
                    .isBetween(2L, 3L);
        }
    }

    @Test
    void oneThatIsUsedIsNotTheOneToClose() {
        OpenSegments open = new OpenSegments(2);
        List<String> closed = new ArrayList<>();
        open.add(log("busy", closed, true));
        open.add(log("idle", closed, false));
        open.add(log("new", closed, true));
        assertThat(closed).containsExactly("idle");
        assertThat(open.count()).isEqualTo(2);
        open.add(log("newer", closed, true));
        assertThat(closed).as("when all are busy, one of them").hasSize(2);
    }

    private static OpenSegments.Opened log(String name, List<String> closed, boolean used) {
        return new OpenSegments.Opened() {
            @Override
            public boolean wasUsed() {
                return used;
            }

            @Override
            public void askToClose() {
                closed.add(name);
            }
        };
    }

    @Test
    void aLogThatDoesNotGrowClosesItsFiles() throws Exception {
        var settings =
                new StoreSettings(
                        data,
                        1 << 20,
                        0,
                        10,
                        1 << 20,
                        StoreSettings.DEFAULT_SYNC_EVERY,
                        StoreSettings.DEFAULT_SYNC_TIMEOUT_MS,
                        20);
        try (TestStore store = new TestStore(settings)) {
            ChronicleTopicLog log = store.log(TestStore.TOPIC);
            store.append(log, "a");
            assertThat(store.durable(log, Durability.OS)).isNull();
            long end = System.nanoTime() + 60_000_000_000L;
            while (store.store.openSegmentCount() > 0) {
                assertThat(System.nanoTime()).as("in time").isLessThan(end);
                Thread.onSpinWait();
            }
            assertThat(bodies(store.read(log, 0))).containsExactly("a");
            store.append(log, "b");
            assertThat(bodies(store.read(log, 0))).containsExactly("a", "b");
        }
    }
}
